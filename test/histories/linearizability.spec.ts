import { describe, expect, it } from '@jest/globals';
import { judge } from './linearizability.js';
import type { Answer, Call, Change, Status } from './linearizability.js';

type Span = readonly [start: number, end: number];

const call = ([start, end]: Span, request: Call['request'], answer?: Answer): Call => {
  return { client: 0, start, end, request, ...(answer === undefined ? {} : { answer }) };
};

const order = (version: number, status: Status, content?: string): Answer => {
  return { kind: 'order', version, status, replayed: false, ...(content === undefined ? {} : { content }) };
};

const replayed = (version: number, status: Status, content?: string): Answer => {
  return { ...order(version, status, content), replayed: true } as Answer;
};

const conflict = (version: number, status: Status): Answer => ({ kind: 'version_conflict', version, status });

const read = (span: Span, version: number, status: Status, content?: string): Call =>
  call(span, { kind: 'read' }, order(version, status, content));

const change = (span: Span, to: Status, ifMatch: number, answer?: Answer, key?: string): Call => {
  const request: Change = { kind: 'change', to, ifMatch, ...(key === undefined ? {} : { key }) };
  return call(span, request, answer);
};

/** Each by name, so that a failure tells which. */
const good: readonly (readonly [string, readonly Call[]])[] = [
  ['of no calls', []],
  [
    'of one call after the other',
    [read([0, 1], 1, 'CREATED'), change([2, 3], 'PAID', 1, order(2, 'PAID')), read([4, 5], 2, 'PAID')],
  ],
  [
    'with a read beside a change that sees it, and a later end that does not matter',
    [change([0, 10], 'PAID', 1, order(2, 'PAID')), read([1, 2], 1, 'CREATED'), read([3, 4], 2, 'PAID')],
  ],
  [
    'with one winner of two',
    [change([0, 5], 'PAID', 1, conflict(2, 'CANCELLED')), change([0, 5], 'CANCELLED', 1, order(2, 'CANCELLED'))],
  ],
  [
    'with an illegal move refused in the state that forbids it',
    [
      change([0, 1], 'FULFILLED', 1, { kind: 'invalid_transition', from: 'CREATED' }),
      change([2, 3], 'CANCELLED', 1, order(2, 'CANCELLED')),
      change([4, 5], 'PAID', 2, { kind: 'invalid_transition', from: 'CANCELLED' }),
    ],
  ],
  [
    'with a replay after the order went on',
    [
      change([0, 1], 'PAID', 1, order(2, 'PAID', 'then'), 'k'),
      change([2, 3], 'FULFILLED', 2, order(3, 'FULFILLED')),
      change([4, 5], 'PAID', 1, replayed(2, 'PAID', 'then'), 'k'),
    ],
  ],
  [
    'with a key refused for another request',
    [
      change([0, 1], 'PAID', 1, order(2, 'PAID'), 'k'),
      change([2, 3], 'FULFILLED', 2, { kind: 'idempotency_key_reused' }, 'k'),
    ],
  ],
  [
    'with a key that stayed free when its first request failed',
    [change([0, 1], 'PAID', 9, conflict(1, 'CREATED'), 'k'), change([2, 3], 'PAID', 1, order(2, 'PAID'), 'k')],
  ],
  ['with an unanswered change that never took effect', [change([0, 1], 'PAID', 1), read([5, 6], 1, 'CREATED')]],
  [
    'with an unanswered change that took effect late',
    [change([0, 1], 'PAID', 1), read([5, 6], 1, 'CREATED'), read([7, 8], 2, 'PAID')],
  ],
  [
    'with an unanswered change that is found out with its key',
    [
      change([0, 1], 'PAID', 1, undefined, 'k'),
      change([2, 3], 'PAID', 1, replayed(2, 'PAID', 'x'), 'k'),
      read([4, 5], 2, 'PAID', 'x'),
    ],
  ],
  [
    'with an unanswered change that did nothing, so its key works at the second try',
    [change([0, 1], 'PAID', 1, undefined, 'k'), change([2, 3], 'PAID', 1, order(2, 'PAID'), 'k')],
  ],
  ['with an unanswered read', [call([0, 1], { kind: 'read' }), read([2, 3], 1, 'CREATED')]],
];

const bad: readonly (readonly [string, readonly Call[]])[] = [
  ['with a stale read', [change([0, 1], 'PAID', 1, order(2, 'PAID')), read([2, 3], 1, 'CREATED')]],
  [
    'with a read that goes back behind another read, though the change is still under way',
    [change([0, 10], 'PAID', 1, order(2, 'PAID')), read([1, 2], 2, 'PAID'), read([3, 4], 1, 'CREATED')],
  ],
  [
    'with a lost update',
    [
      change([0, 1], 'PAID', 1, order(2, 'PAID')),
      change([2, 3], 'CANCELLED', 1, order(2, 'CANCELLED')),
      read([4, 5], 2, 'CANCELLED'),
    ],
  ],
  [
    'with two winners',
    [change([0, 5], 'PAID', 1, order(2, 'PAID')), change([0, 5], 'CANCELLED', 1, order(2, 'CANCELLED'))],
  ],
  [
    'with two winners of the very same change',
    [change([0, 5], 'PAID', 1, order(2, 'PAID')), change([0, 5], 'PAID', 1, order(2, 'PAID'))],
  ],
  ['with no winner', [change([0, 5], 'PAID', 1, conflict(2, 'PAID')), change([0, 5], 'PAID', 1, conflict(2, 'PAID'))]],
  [
    'with a read of a version that was never written',
    [change([0, 1], 'PAID', 1, order(2, 'PAID')), read([2, 3], 3, 'FULFILLED')],
  ],
  [
    'with a read of a status that was never written',
    [change([0, 1], 'PAID', 1, order(2, 'PAID')), read([2, 3], 2, 'CANCELLED')],
  ],
  ['with a read from the future', [read([0, 1], 2, 'PAID'), change([2, 3], 'PAID', 1, order(2, 'PAID'))]],
  [
    'with a conflict that names the version of before',
    [change([0, 1], 'PAID', 1, order(2, 'PAID')), change([2, 3], 'FULFILLED', 2, conflict(1, 'CREATED'))],
  ],
  ['with a conflict for the right version', [change([0, 1], 'PAID', 1, conflict(1, 'CREATED'))]],
  ['with a refusal of a legal move', [change([0, 1], 'PAID', 1, { kind: 'invalid_transition', from: 'CREATED' })]],
  ['with an illegal move', [change([0, 1], 'FULFILLED', 1, order(2, 'FULFILLED'))]],
  [
    'with another answer in the replay',
    [change([0, 1], 'PAID', 1, order(2, 'PAID', 'a'), 'k'), change([2, 3], 'PAID', 1, replayed(2, 'PAID', 'b'), 'k')],
  ],
  [
    'with the present order in the replay instead of the first answer',
    [
      change([0, 1], 'PAID', 1, order(2, 'PAID'), 'k'),
      change([2, 3], 'FULFILLED', 2, order(3, 'FULFILLED')),
      change([4, 5], 'PAID', 1, replayed(3, 'FULFILLED'), 'k'),
    ],
  ],
  [
    'with a retry that is refused for its own earlier work',
    [change([0, 1], 'PAID', 1, order(2, 'PAID'), 'k'), change([2, 3], 'PAID', 1, conflict(2, 'PAID'), 'k')],
  ],
  [
    'with one key done twice',
    [change([0, 5], 'PAID', 1, order(2, 'PAID'), 'k'), change([0, 5], 'PAID', 1, order(2, 'PAID'), 'k')],
  ],
  ['with a replay of nothing', [change([0, 1], 'PAID', 1, replayed(2, 'PAID'), 'k')]],
  [
    'with a key used again for another request',
    [change([0, 1], 'PAID', 1, order(2, 'PAID'), 'k'), change([2, 3], 'FULFILLED', 2, order(3, 'FULFILLED'), 'k')],
  ],
  [
    'with an unanswered change that took effect twice',
    [change([0, 1], 'PAID', 1), read([2, 3], 2, 'PAID'), read([4, 5], 3, 'PAID')],
  ],
  [
    'with an unanswered change that took effect and was taken back',
    [change([0, 1], 'PAID', 1), read([2, 3], 2, 'PAID'), read([4, 5], 1, 'CREATED')],
  ],
  [
    'with an unanswered change that took effect before it was asked for',
    [read([0, 1], 2, 'PAID'), change([2, 3], 'PAID', 1)],
  ],
  [
    'with two contents of one version',
    [change([0, 1], 'PAID', 1, order(2, 'PAID', 'a')), read([2, 3], 2, 'PAID', 'a'), read([4, 5], 2, 'PAID', 'b')],
  ],
];

describe('judge', () => {
  it.each(good)('accepts a history %s', (_name, calls) => {
    expect(judge(calls)).toMatchObject({ linearizable: true });
    expect(judge(calls.toReversed())).toMatchObject({ linearizable: true });
  });

  it.each(bad)('refuses a history %s', (_name, calls) => {
    expect(judge(calls)).toMatchObject({ linearizable: false });
    expect(judge(calls.toReversed())).toMatchObject({ linearizable: false });
  });

  it('tells how far the calls fit together', () => {
    const fits = change([0, 1], 'PAID', 1, order(2, 'PAID'));
    expect(judge([fits, read([2, 3], 1, 'CREATED')])).toEqual({ linearizable: false, longest: [fits] });
  });

  it('is not put out by many calls at the same time, right or wrong', () => {
    const winner = change([0, 100], 'PAID', 1, order(2, 'PAID'));
    const losers = Array.from({ length: 40 }, () => change([0, 100], 'CANCELLED', 1, conflict(2, 'PAID')));
    const unknown = Array.from({ length: 20 }, () => change([0, 100], 'CANCELLED', 2));
    const reads = Array.from({ length: 20 }, () => read([0, 100], 1, 'CREATED'));
    const calls = [...losers, ...reads, ...unknown, winner];
    expect(judge(calls).linearizable).toBe(true);
    expect(judge([...calls, read([0, 100], 3, 'FULFILLED')]).linearizable).toBe(false);
  });
});
