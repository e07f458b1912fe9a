import type { WireMessage } from '../support/wire-proxy.js';

/** An instant in the life of a request, as the wire between the service and the database shows it. */
export interface Point {
  readonly name: string;
  /** The message that is under way; none once everything is done and the answer, taken for lost, is only compared. */
  readonly at?: { readonly command: string; readonly from: WireMessage['from'] };
  /** The message reaches the database just as the fault strikes: either outcome is right, a half one never. */
  readonly delivered?: true;
  /** The request has taken effect before, and this is its repetition. */
  readonly replay?: true;
}

/**
 * All writes of a transaction travel in one `bulkWrite`, so there is no instant between two of them. Whether a dying
 * service has not sent its commit yet, or the network has not delivered it, is the same to the database.
 */
export const points: readonly Point[] = [
  { name: 'before the key look-up', at: { command: 'find', from: 'client' } },
  { name: 'key looked up, answer pending', at: { command: 'find', from: 'server' } },
  { name: 'bulkWrite not delivered', at: { command: 'bulkWrite', from: 'client' } },
  { name: 'bulkWrite just delivered', at: { command: 'bulkWrite', from: 'client' }, delivered: true },
  { name: 'bulkWrite done, answer pending', at: { command: 'bulkWrite', from: 'server' } },
  { name: 'between bulkWrite and commit', at: { command: 'commitTransaction', from: 'client' } },
  { name: 'commit just delivered', at: { command: 'commitTransaction', from: 'client' }, delivered: true },
  { name: 'committed, answer of the commit pending', at: { command: 'commitTransaction', from: 'server' } },
  { name: 'committed, answer to the client lost' },
  { name: 'replay: before the key look-up', at: { command: 'find', from: 'client' }, replay: true },
  { name: 'replay: key looked up, answer pending', at: { command: 'find', from: 'server' }, replay: true },
];

/** How `failCommand` makes a command fail. */
export interface CommandFailure {
  readonly errorCode?: number;
  readonly errorLabels?: readonly string[];
  readonly closeConnection?: true;
  /** The command is done, and its answer is an error all the same. */
  readonly writeConcernError?: { readonly code: number; readonly errmsg: string };
}

export interface FailPoint {
  readonly point: string;
  readonly command: string;
  readonly replay?: true;
  readonly fault: string;
  readonly failure: CommandFailure;
}

const codes = [
  [112, 'WriteConflict'],
  [91, 'ShutdownInProgress'],
  [189, 'PrimarySteppedDown'],
  [11600, 'InterruptedAtShutdown'],
  [50, 'MaxTimeMSExpired'],
] as const;

/** The server adds what belongs to the code when none are given; an empty list is none. */
const labelLists = [
  ['', undefined],
  [', no labels', []],
  [', TransientTransactionError', ['TransientTransactionError']],
  [', RetryableWriteError', ['RetryableWriteError']],
] as const;

const refusals: readonly (readonly [string, CommandFailure])[] = [
  ...codes.flatMap(([errorCode, name]) =>
    labelLists.map(
      ([said, errorLabels]) =>
        [`${name} (${errorCode})${said}`, { errorCode, ...(errorLabels ? { errorLabels } : {}) }] as const,
    ),
  ),
  ['connection closed', { closeConnection: true }],
];

const lateErrors: readonly (readonly [string, CommandFailure])[] = codes
  .filter(([code]) => code !== 112)
  .map(([code, name]) => [`${name} (${code})`, { writeConcernError: { code, errmsg: name } }]);

export const failPoints: readonly FailPoint[] = [
  ...cross('before the key look-up', 'find', refusals),
  ...cross('bulkWrite refused', 'bulkWrite', refusals),
  ...cross('commit refused', 'commitTransaction', refusals),
  ...cross('committed, answered with an error', 'commitTransaction', lateErrors),
  ...cross('replay: before the key look-up', 'find', refusals).map((each) => ({ ...each, replay: true as const })),
];

function cross(
  point: string,
  command: string,
  failures: readonly (readonly [string, CommandFailure])[],
): readonly FailPoint[] {
  return failures.map(([fault, failure]) => ({ point, command, fault, failure }));
}
