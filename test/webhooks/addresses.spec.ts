import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filteringAgents, openAgents } from '../../src/webhooks/filtering-agents.js';
import { newWebhookSecret } from '../../src/webhooks/webhook-secret.js';
import { WebhookSender } from '../../src/webhooks/webhook-sender.js';
import type { WebhookAnswer } from '../../src/webhooks/webhook-sender.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

const refusal = 'the address is not of the public internet';

let receiver: WebhookReceiver;
let port: number;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  port = Number(new URL(receiver.url('/')).port);
});

afterAll(() => receiver?.close());

/** A name server whose answers for a name change from one question to the next; the last one stays. */
function names(answers: Readonly<Record<string, readonly (readonly string[])[]>>): LookupFunction {
  const asked = new Map<string, number>();
  return (hostname: string, options: LookupOptions, callback) => {
    const turns = answers[hostname];
    if (!turns) return lookup(hostname, options as LookupOptions & { all: true }, callback as never);
    const turn = asked.get(hostname) ?? 0;
    asked.set(hostname, turn + 1);
    const addresses: LookupAddress[] = turns[Math.min(turn, turns.length - 1)]!.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    process.nextTick(() =>
      options.all ? callback(null, addresses) : callback(null, addresses[0]!.address, addresses[0]!.family),
    );
  };
}

async function send(url: string, resolve?: LookupFunction, sender?: WebhookSender): Promise<WebhookAnswer> {
  const used = sender ?? new WebhookSender(filteringAgents(resolve), false);
  const webhook = { url, eventId: 'e', payload: '{}', secrets: [{ secret: newWebhookSecret(), expiresAt: null }] };
  const answer = await used.send(webhook, new AbortController().signal);
  if (!sender) used.close();
  return answer;
}

describe('nothing is sent to', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.0.2.1',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[2001:db8::1]',
    '[fc00::1]',
    '[fe80::1]',
    '[ff02::1]',
    '[4000::1]',
  ])('%s', async (host) => {
    expect(await send(`http://${host}:${port}/literal`)).toMatchObject({ status: null, error: refusal });
    expect(receiver.at('/literal')).toEqual([]);
  });

  it.each([
    ['localhost', undefined],
    ['private.test', [['10.0.0.1']]],
    ['loopback.test', [['127.0.0.1']]],
    ['mapped.test', [['::ffff:127.0.0.1']]],
    ['six.test', [['::1']]],
    ['nat64.test', [['64:ff9b::7f00:1']]],
    ['reserved.test', [['4000::1']]],
    ['both.test', [['93.184.216.34', '127.0.0.1']]],
    ['both-reversed.test', [['127.0.0.1', '93.184.216.34']]],
  ])('the name %s', async (name, turns) => {
    const answer = await send(`http://${name}:${port}/named`, names(turns ? { [name]: turns } : {}));
    expect(answer).toMatchObject({ status: null, error: refusal });
    expect(receiver.at('/named')).toEqual([]);
  });

  it('a name that was public when it was looked at and is not when it is connected to', async () => {
    const resolve = names({ 'rebinding.test': [['2606:4700::1111'], ['127.0.0.1']] });
    // The first question is somebody else's, who judged the name by it.
    await new Promise((done) => resolve('rebinding.test', { all: true }, done));
    const answer = await send(`http://rebinding.test:${port}/rebound`, resolve);
    expect(answer).toMatchObject({ status: null, error: refusal });
    expect(receiver.at('/rebound')).toEqual([]);
  });

  it('where a redirect leads', async () => {
    receiver.on('/302', () => ({ status: 302, headers: { location: `http://169.254.169.254:${port}/latest` } }));
    const open = new WebhookSender(openAgents(), true);
    const answer = await send(receiver.url('/302'), undefined, open);
    open.close();
    expect(answer).toMatchObject({ status: 302, error: expect.stringContaining('not followed') });
    expect(receiver.received).toHaveLength(1);
  });

  it('a proxy that variables name', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      HTTP_PROXY: receiver.url('/'),
      http_proxy: receiver.url('/'),
      NODE_USE_ENV_PROXY: '1',
    });
    const seen = receiver.received.length;
    const answer = await send('http://proxied.test/', names({ 'proxied.test': [['127.0.0.1']] }));
    for (const name of ['HTTP_PROXY', 'http_proxy', 'NODE_USE_ENV_PROXY']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    expect(answer.error).toBe(refusal);
    expect(receiver.received).toHaveLength(seen);
  });
});

describe('an error', () => {
  it('tells nothing of the network that the service is in', async () => {
    const answer = await send('http://inner.test/', names({ 'inner.test': [['10.1.2.3']] }));
    expect(JSON.stringify(answer)).not.toContain('10.1.2.3');
  });
});
