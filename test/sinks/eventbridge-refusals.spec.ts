import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import { EventBridgeSink } from '../../src/sinks/eventbridge.sink.js';
import type { RunningApp } from '../support/app.js';
import { anEvent, createOrders, drain, EventLogView, publishOnce, startQuietApp } from '../support/event-queue.js';
import { setAwsEnv } from '../support/moto-server.js';
import { accepting, failing, refusing, startPutEvents } from '../support/put-events.js';
import type { PutEventsDouble } from '../support/put-events.js';

describe('What EventBridge refuses is published again, and nothing else is', () => {
  let double: PutEventsDouble;
  let running: RunningApp;
  let log: EventLogView;
  let resetEnv: () => void;

  beforeAll(async () => {
    double = await startPutEvents();
  });

  afterAll(() => double.stop());

  beforeEach(async () => {
    double.reset();
    resetEnv = setAwsEnv(double.url);
    running = await startQuietApp({ eventSink: 'eventbridge' });
    log = await EventLogView.open(running.mongodbUri);
  });

  afterEach(async () => {
    await log.close();
    await running.close();
    resetEnv();
  });

  it('some entries of a call: the others are done with, and no further call is made in that round', async () => {
    await createOrders(running.url, 25);
    double.answers.push(accepting, refusing(0, 4, 9));
    // Nothing counts as done, so that a pause follows.
    expect(await publishOnce(running)).toBe(0);
    expect(double.calls).toHaveLength(2);
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([8, 0]);
    await drain(running, log);
    expect(double.accepted.sort()).toEqual(await log.ids());
  });

  it('all entries of a call', async () => {
    await createOrders(running.url, 3);
    double.answers.push(refusing(0, 1, 2));
    await expect(publishOnce(running)).rejects.toThrow('did not take');
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([3, 0]);
    await drain(running, log);
    expect(double.accepted.sort()).toEqual(await log.ids());
  });

  it('fewer results than entries: what has none was not confirmed', async () => {
    await createOrders(running.url, 3);
    double.answers.push(() => ({ status: 200, body: { FailedEntryCount: 0, Entries: [{ EventId: 'only one' }] } }));
    expect(await publishOnce(running)).toBe(0);
    expect(await log.pendingCount()).toBe(2);
  });

  it.each([
    ['throttling', 400, 'ThrottlingException'],
    ['an error of its own', 500, 'InternalFailure'],
    ['being away', 503, 'ServiceUnavailable'],
    ['credentials', 400, 'UnrecognizedClientException'],
  ])('the whole call for %s', async (_reason, status, type) => {
    await createOrders(running.url, 12);
    // The SDK repeats a call once.
    double.answers.push(accepting, failing(status, type), failing(status, type));
    expect(await publishOnce(running)).toBe(0);
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([2, 0]);
    double.answers.length = 0;
    await drain(running, log);
    expect(double.accepted.sort()).toEqual(await log.ids());
  });

  it('a server that never answers is given up', async () => {
    const sink = new EventBridgeSink({ eventbridgeBus: 'default' } as Config);
    double.answers.push('silence', 'silence', 'silence');
    const { acknowledged, failure } = await sink.publish([anEvent()]);
    expect(acknowledged.size).toBe(0);
    expect(failure).toMatchObject({ name: 'TimeoutError' });
    await sink.close();
  });

  it('a missing region is a failure like any other: the events wait', async () => {
    delete process.env['AWS_REGION'];
    await createOrders(running.url, 2);
    await expect(publishOnce(running)).rejects.toThrow('did not take');
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([2, 0]);
    expect(double.calls).toHaveLength(0);
  });
});
