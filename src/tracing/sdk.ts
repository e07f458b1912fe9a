import { ClientRequest } from 'node:http';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { ROOT_CONTEXT, context, isSpanContextValid, propagation, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { core, NodeSDK } from '@opentelemetry/sdk-node';
import { useTracer } from './trace-context.js';
import type { TraceContext } from './trace-context.js';

/** What only asks whether the service lives would bury everything else. */
const untraced = /^\/(healthz|ready|health|metrics)(\?|$)/;
/** A collector that is away must not hold up the end of the process, in milliseconds. */
const stopPatienceMs = 3_000;

/** Loaded by `--import` before anything else, so that what is required later can be patched. */
export function startTracing(): void {
  const sdk = new NodeSDK({
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url = '' }) => untraced.test(url),
        requestHook: (span, request) => {
          if (request instanceof ClientRequest) hideTarget(span, request);
          // A query can name customers; it is in no log line either.
          else span.setAttribute('url.query', '');
        },
      }),
      // Values of queries stay out, by its default; so does what has no request, the loops' own polling.
      new MongoDBInstrumentation(),
    ],
  });
  sdk.start();
  patchForModules();
  useTracer({
    current: currentSpan,
    continue: (from, work) => context.with(propagation.extract(ROOT_CONTEXT, { ...from }), work),
    routed: (route) => {
      const metadata = core.getRPCMetadata(context.active());
      if (metadata) metadata.route = route;
    },
    stop: () => Promise.race([sdk.shutdown().catch(() => undefined), pause(stopPatienceMs)]),
  });
}

/**
 * The instrumentation patches what CommonJS requires, as Fastify and Mongoose do. Our own sources import Node's modules,
 * whose exports follow when they are told to; so no loader hook (import-in-the-middle) is needed, and no thread for it.
 */
function patchForModules(): void {
  const require = createRequire(import.meta.url);
  for (const name of ['node:http', 'node:https']) require(name);
  syncBuiltinESMExports();
}

/** Webhook URLs often hold a credential in path or query. */
function hideTarget(span: Span, request: ClientRequest): void {
  span.setAttribute('url.full', `${request.protocol}//${request.host}`);
}

function currentSpan(): TraceContext | undefined {
  const active = trace.getActiveSpan()?.spanContext();
  if (!active || !isSpanContextValid(active)) return undefined;
  const flags = active.traceFlags.toString(16).padStart(2, '0');
  const tracestate = active.traceState?.serialize();
  const traceparent = `00-${active.traceId}-${active.spanId}-${flags}`;
  return { traceparent, ...(tracestate ? { tracestate } : {}) };
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref());
}
