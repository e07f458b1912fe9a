import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What a request or a command can last, in seconds: the buckets that OpenTelemetry's semantic conventions advise. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** From "at once" to what only an outage explains, in seconds. */
const lagBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200];
/** A delivery is given up after 15 s. */
const attemptBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
/** How often the event loop is looked at, in milliseconds: often enough to see what clients would notice. */
const eventLoopPrecisionMs = 50;

/** Of prom-client's own: gauges named like counters, and no more than the sums of others. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** What came of a request with an `Idempotency-Key`. */
export const idempotencyOutcomes = ['stored', 'replayed', 'reused', 'in_progress', 'failed'] as const;
/** How a transaction ended for the request that asked for it. */
export const transactionOutcomes = ['committed', 'read_only', 'refused', 'conflict', 'unavailable'] as const;
/** Why a transaction's work was done once more. */
export const retryReasons = ['conflict', 'fault'] as const;
/** Who is told of events. */
export const destinations = ['webhooks', 'sink'] as const;
/**
 * What came of one try to deliver: a 2xx; another answer; none in time; none at all (name, connection, TLS); never
 * connected because of an address that is not global unicast.
 */
export const attemptOutcomes = ['delivered', 'failed', 'timeout', 'unreachable', 'blocked'] as const;

export type IdempotencyOutcome = (typeof idempotencyOutcomes)[number];
export type Destination = (typeof destinations)[number];
export type TransactionOutcome = (typeof transactionOutcomes)[number];
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/**
 * Every metric of the service: name, unit and help in one place, documented in docs/operations.md. Each application has
 * an instance, so that several can run in one process. Names follow OpenTelemetry's semantic conventions where those
 * have one, written as Prometheus does.
 *
 * No label may take a value that a client chooses: no tenant, no id, no path. Count what was committed
 * (`Transactions.afterCommit`), not what was tried.
 */
export class Metrics {
  readonly registry = new Registry();

  readonly httpRequestDuration = this.histogram('http_server_request_duration_seconds', {
    help: 'From the head of a request to the end of its answer; status 499 when the client left before that.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: durationBuckets,
  });
  readonly httpActiveRequests = this.gauge('http_server_active_requests', {
    help: 'Requests that are being answered.',
    labelNames: ['http_request_method'],
  });

  readonly databaseOperationDuration = this.histogram('db_client_operation_duration_seconds', {
    help: 'Commands to the database; error_type is empty when the command succeeded.',
    labelNames: ['db_operation_name', 'db_collection_name', 'error_type'],
    buckets: durationBuckets,
  });
  readonly databaseConnections = this.gauge('db_client_connections_usage', {
    help: 'Connections of the pool.',
    labelNames: ['state'],
  });
  readonly databaseConnectionsMax = this.gauge('db_client_connections_max', {
    help: 'The most connections that the pool may have to one server.',
  });
  readonly databasePendingRequests = this.gauge('db_client_connections_pending_requests', {
    help: 'Operations that wait for a connection.',
  });
  readonly databaseConnectionTimeouts = this.counter('db_client_connections_timeouts_total', {
    help: 'Operations that waited for a connection in vain.',
  });

  readonly ordersCreated = this.counter('orders_created_total', { help: 'Orders that were committed.' });
  readonly orderTransitions = this.counter('order_transitions_total', {
    help: 'Changes of status that were committed.',
    labelNames: ['from', 'to'],
  });
  readonly idempotency = this.counter('idempotency_total', {
    help: 'Requests with an Idempotency-Key, by what came of them.',
    labelNames: ['outcome'],
  });
  readonly transactions = this.counter('transactions_total', {
    help: 'Transactions, each once however often its work was repeated.',
    labelNames: ['outcome'],
  });
  readonly transactionRetries = this.counter('transaction_retries_total', {
    help: "Repetitions of a transaction's work.",
    labelNames: ['reason'],
  });

  readonly eventLag = this.histogram('event_lag_seconds', {
    help: 'From the time of an event until it was fanned out to the webhooks or confirmed by the sink.',
    labelNames: ['destination'],
    buckets: lagBuckets,
  });
  readonly oldestUndelivered = this.gauge('events_oldest_undelivered_age_seconds', {
    help: 'Age of the oldest event that is not fanned out or published; for deliveries, how long the oldest is overdue. 0: none waits. Absent while the database is away.',
    labelNames: ['destination'],
  });
  readonly backlogReadFailures = this.counter('events_backlog_read_failures_total', {
    help: 'How often the age of the oldest undelivered event could not be read.',
  });
  readonly webhookAttempts = this.counter('webhook_attempts_total', {
    help: 'Tries to deliver an event to an endpoint.',
    labelNames: ['outcome'],
  });
  readonly webhookAttemptDuration = this.histogram('webhook_attempt_duration_seconds', {
    help: 'What a try to deliver took.',
    buckets: attemptBuckets,
  });
  readonly webhookDeliveriesDead = this.counter('webhook_deliveries_dead_total', {
    help: 'Deliveries that were given up after the last try.',
  });

  private readonly updates: (() => void | Promise<void>)[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: eventLoopPrecisionMs });
    for (const name of misnamed) this.registry.removeSingleMetric(name);
    // A series that appears with its first event has no rate for that one, so all that are known begin at zero.
    for (const outcome of idempotencyOutcomes) this.idempotency.inc({ outcome }, 0);
    for (const outcome of transactionOutcomes) this.transactions.inc({ outcome }, 0);
    for (const reason of retryReasons) this.transactionRetries.inc({ reason }, 0);
    for (const outcome of attemptOutcomes) this.webhookAttempts.inc({ outcome }, 0);
  }

  /** @param times of the events that a destination was told of just now */
  observeLag(destination: Destination, times: readonly Date[]): void {
    const now = Date.now();
    // Another instance's clock may be ahead.
    for (const time of times) this.eventLag.observe({ destination }, Math.max(0, now - time.getTime()) / 1_000);
  }

  /** @param seconds from the beginning of the try to the end of what was read of its answer */
  observeAttempt(outcome: AttemptOutcome, seconds: number): void {
    this.webhookAttempts.inc({ outcome });
    this.webhookAttemptDuration.observe(seconds);
  }

  /** For gauges that are only worth reading when somebody looks. It must bound its own time; its failure is ignored. */
  beforeScrape(update: () => void | Promise<void>): void {
    this.updates.push(update);
  }

  /** @returns the text that Prometheus reads, of the type `contentType`; never rejects because of an update */
  async scrape(): Promise<string> {
    await Promise.allSettled(this.updates.map(async (update) => update()));
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private counter<L extends string = never>(name: string, rest: Described<L>): Counter<L> {
    return new Counter({ name, registers: [this.registry], ...rest });
  }

  private gauge<L extends string = never>(name: string, rest: Described<L>): Gauge<L> {
    return new Gauge({ name, registers: [this.registry], ...rest });
  }

  private histogram<L extends string = never>(name: string, rest: Described<L> & { buckets: number[] }): Histogram<L> {
    return new Histogram({ name, registers: [this.registry], ...rest });
  }
}

interface Described<L extends string> {
  readonly help: string;
  readonly labelNames?: L[];
}
