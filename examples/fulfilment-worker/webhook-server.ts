import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { log, reasonOf } from './log.ts';
import { parseOrderEvent } from './order-event.ts';
import type { OrderEvent } from './order-event.ts';

/** Twice the largest order that the service takes, since an event repeats it with more members. */
const bodyBytesMax = 1_048_576;
/** A sender that never finishes its request is not waited for, in milliseconds. */
const receiveTimeoutMs = 10_000;

export interface WebhookReceiver {
  /** Empty until the endpoint is registered. */
  readonly secrets: () => readonly string[];
  /** Notes the event; it is answered with success only when this has returned. */
  readonly accept: (event: OrderEvent) => void;
}

/** Receives webhooks as Standard Webhooks sends them (https://www.standardwebhooks.com), on any path. */
export function webhookServer(receiver: WebhookReceiver): Server {
  const server = createServer((request, response) => {
    void answerTo(request, receiver).then((status) => {
      response.writeHead(status, status === 204 ? {} : { connection: 'close' }).end();
    });
  });
  server.requestTimeout = receiveTimeoutMs;
  return server;
}

/** Only 2xx ends the service's tries, so it must not be said before the event is noted. */
async function answerTo(request: IncomingMessage, receiver: WebhookReceiver): Promise<number> {
  if (request.method !== 'POST') return 405;
  try {
    const body = await bytesOf(request);
    if (body === undefined) return 413;
    // Not registered yet: the service shall come again.
    if (receiver.secrets().length === 0) return 503;
    if (!isSigned(body, request, receiver.secrets())) return 401;
    return noted(body.toString(), receiver) ? 204 : 400;
  } catch (error) {
    log('error', 'a webhook could not be noted', { reason: reasonOf(error) });
    return 500;
  }
}

/** Over the very bytes: JSON that was parsed and written anew has another signature. */
function isSigned(body: Buffer, { headers }: IncomingMessage, secrets: readonly string[]): boolean {
  const signed = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name] ?? '')]),
  );
  const faults = secrets.map((secret) => faultOf(() => new Webhook(secret).verify(body, signed, { jsonParse: false })));
  if (faults.includes(undefined)) return true;
  log('warn', 'a webhook is not signed by the service', { webhookId: signed['webhook-id'], reason: faults[0] });
  return false;
}

function faultOf(verify: () => unknown): string | undefined {
  try {
    verify();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** @returns false for what is signed and yet no event: repeating it would change nothing */
function noted(json: string, receiver: WebhookReceiver): boolean {
  let event: OrderEvent | undefined;
  try {
    event = parseOrderEvent(json);
  } catch (error) {
    log('error', 'a webhook is no event', { reason: reasonOf(error) });
    return false;
  }
  // `webhook-id` is the event's id; the signature covers both.
  if (event) receiver.accept(event);
  return true;
}

/** @returns undefined when there are too many */
async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Read to its end all the same: to break off would close the connection, and the answer would not arrive.
    if (length <= bodyBytesMax) chunks.push(chunk);
  }
  return length <= bodyBytesMax ? Buffer.concat(chunks) : undefined;
}
