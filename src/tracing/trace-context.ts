import { AsyncLocalStorage } from 'node:async_hooks';

/** Which trace something belongs to, as W3C Trace Context (https://www.w3.org/TR/trace-context/) writes it. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** What OpenTelemetry's SDK does for the service when it was loaded (src/tracing.ts); nothing here needs it. */
export interface Tracer {
  /** Of the span that is active. */
  current(): TraceContext | undefined;
  /** Runs work so that its spans belong to a trace that began elsewhere. */
  continue<T>(trace: TraceContext, work: () => T): T;
  /** Tells the route of the request that is being answered. */
  routed(route: string): void;
  /** Sends what was not sent yet. */
  stop(): Promise<void>;
}

const version = '00';
const traceparentPattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const nothing = /^0+$/;
/** The only flag that version 00 knows. */
const sampled = 1;
/** What must be passed on at least; longer ones are dropped as a whole, in characters. */
const tracestateMax = 512;
const tracestatePattern = /^[\t\x20-\x7e]+$/;

const passedOn = new AsyncLocalStorage<TraceContext>();
let tracer: Tracer | undefined;

/** Before the application is made: it asks once. */
export function useTracer(loaded: Tracer): void {
  tracer = loaded;
}

export function tracerInUse(): Tracer | undefined {
  return tracer;
}

/** The active span's trace, or else the one that the client's request named, passed on as it came. */
export function currentTrace(): TraceContext | undefined {
  return tracer?.current() ?? passedOn.getStore();
}

/** Runs work as a part of a trace, with or without the SDK. */
export function inTrace<T>(trace: TraceContext | undefined, work: () => T): T {
  if (!trace) return work();
  return passedOn.run(trace, () => (tracer ? tracer.continue(trace, work) : work()));
}

/** @returns nothing for what section 3.2 tells to ignore: the request is then one that has no trace */
export function traceContextFrom(headers: Readonly<Record<string, unknown>>): TraceContext | undefined {
  const { traceparent: sent, tracestate } = headers;
  if (typeof sent !== 'string') return undefined;
  const [, sentVersion, traceId = '', parentId = '', flags = '', rest] = traceparentPattern.exec(sent) ?? [];
  if (sentVersion === undefined || sentVersion === 'ff' || (sentVersion === version && rest !== undefined)) {
    return undefined;
  }
  if (nothing.test(traceId) || nothing.test(parentId)) return undefined;
  // Of a later version only what this one knows is passed on, as this one.
  const known = sentVersion === version ? flags : `0${parseInt(flags, 16) & sampled}`;
  const traceparent = `${version}-${traceId}-${parentId}-${known}`;
  const isFit =
    typeof tracestate === 'string' && tracestate.length <= tracestateMax && tracestatePattern.test(tracestate);
  return { traceparent, ...(isFit ? { tracestate } : {}) };
}

/** @param trace an event has the members of one, when the request that caused it was traced */
export function traceHeaders({ traceparent, tracestate }: Partial<TraceContext>): Record<string, string> {
  if (traceparent === undefined) return {};
  return { traceparent, ...(tracestate === undefined ? {} : { tracestate }) };
}

export function traceIdOf({ traceparent }: TraceContext): string {
  return traceparent.slice(3, 35);
}
