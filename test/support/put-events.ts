import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

interface Response {
  readonly status: number;
  readonly body: object;
}

type Answer = ((entries: readonly Entry[]) => Response) | 'silence';

export interface PutEventsDouble {
  readonly url: string;
  /** How the next calls are answered, one each; then every entry is accepted. */
  readonly answers: Answer[];
  readonly calls: (readonly Entry[])[];
  /** Ids of the events of all entries that were told to be accepted, in their order. */
  readonly accepted: string[];
  reset(): void;
  stop(): Promise<void>;
}

/** EventBridge's PutEvents and nothing more of it, for the answers that no server gives on demand. */
export async function startPutEvents(): Promise<PutEventsDouble> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { Entries: entries } = JSON.parse(body) as { Entries: Entry[] };
      double.calls.push(entries);
      const answer = double.answers.shift() ?? accepting;
      if (answer === 'silence') return;
      const { status, body: result } = answer(entries);
      const results = (result as { Entries?: { EventId?: string }[] }).Entries ?? [];
      entries.forEach(({ Detail }, index) => {
        if (results[index]?.EventId) double.accepted.push((JSON.parse(Detail) as { id: string }).id);
      });
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(result));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: PutEventsDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: [],
    calls: [],
    accepted: [],
    reset() {
      for (const list of [double.answers, double.calls, double.accepted]) list.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}

export const accepting: Answer = refusing();

/** The entries at these places are refused, the others accepted. */
export function refusing(...places: number[]): (entries: readonly Entry[]) => Response {
  return (entries) => ({
    status: 200,
    body: {
      FailedEntryCount: places.length,
      Entries: entries.map((_entry, index) =>
        places.includes(index)
          ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }
          : { EventId: crypto.randomUUID() },
      ),
    },
  });
}

/** The call as a whole fails. */
export function failing(status: number, type: string): () => Response {
  return () => ({ status, body: { __type: type, message: 'made up' } });
}
