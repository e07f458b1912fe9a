/**
 * OpenTelemetry by its usual start-up hook: `node --import ./dist/tracing.js dist/main.js`. Its standard variables switch it:
 * it is on when they name an exporter or a collector, and OTEL_SDK_DISABLED is not true. Otherwise nothing is loaded.
 */
const { env } = process;

const exporters = env['OTEL_TRACES_EXPORTER'] ?? '';
const hasCollector = [env['OTEL_EXPORTER_OTLP_ENDPOINT'], env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']].some(Boolean);
const isDisabled = env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true' || exporters.trim() === 'none';

if (!isDisabled && (exporters !== '' || hasCollector)) {
  // Metrics are scraped and logs are written; the SDK would send both as well unless it is told not to.
  env['OTEL_METRICS_EXPORTER'] ||= 'none';
  env['OTEL_LOGS_EXPORTER'] ||= 'none';
  env['OTEL_SERVICE_NAME'] ||= 'order-processing-service';
  const { startTracing } = await import('./tracing/sdk.js');
  startTracing();
}

export {};
