import { describe, expect, it } from '@jest/globals';
import { currentTrace, inTrace, traceContextFrom, traceHeaders, traceIdOf } from './trace-context.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

describe('the trace that a request names', () => {
  it('is taken as it stands', () => {
    expect(traceContextFrom({ traceparent })).toEqual({ traceparent });
    expect(traceContextFrom({ traceparent, tracestate: 'a=1,b=2' })).toEqual({ traceparent, tracestate: 'a=1,b=2' });
    expect(traceIdOf({ traceparent })).toBe(traceId);
  });

  it.each([
    ['no header', undefined],
    ['two headers, which Node joins', `${traceparent}, ${traceparent}`],
    ['upper case', traceparent.toUpperCase()],
    ['a trace of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['a parent of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['the forbidden version', `ff-${traceId}-00f067aa0ba902b7-01`],
    ['more than version 00 has', `${traceparent}-more`],
    ['too little', traceparent.slice(0, -1)],
    ['a line feed', `${traceparent}\n`],
    ['something else', 'x'.repeat(55)],
  ])('is none with %s', (_, sent) => {
    expect(traceContextFrom({ traceparent: sent, tracestate: 'a=1' })).toBeUndefined();
  });

  it('of a later version is passed on as version 00, with the one flag that this one knows', () => {
    const later = `cc-${traceId}-00f067aa0ba902b7-ff-what-the-future-brings`;
    expect(traceContextFrom({ traceparent: later })).toEqual({ traceparent });
  });

  it.each([
    ['too long', `a=${'x'.repeat(511)}`],
    ['not ASCII', 'a=é'],
    ['a line feed in it', 'a=1\nb'],
    ['empty', ''],
  ])('loses a tracestate that is %s', (_, tracestate) => {
    expect(traceContextFrom({ traceparent, tracestate })).toEqual({ traceparent });
  });
});

describe('work that belongs to a trace', () => {
  it('knows it, also later, and nothing else does', async () => {
    const later = inTrace({ traceparent }, async () => {
      await Promise.resolve();
      return currentTrace();
    });
    expect(currentTrace()).toBeUndefined();
    expect(await later).toEqual({ traceparent });
    expect(inTrace(undefined, () => currentTrace())).toBeUndefined();
  });

  it('tells it by the headers of W3C, out of whatever has its members', () => {
    expect(traceHeaders({ traceparent, tracestate: 'a=1' })).toEqual({ traceparent, tracestate: 'a=1' });
    expect(traceHeaders({ tracestate: 'a=1' })).toEqual({});
    const event = { id: '1', traceparent };
    expect(traceHeaders(event)).toEqual({ traceparent });
  });
});
