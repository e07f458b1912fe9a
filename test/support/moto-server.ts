import { join } from 'node:path';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { freePort } from '../../src/database/embedded/readiness.js';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { installMoto } from './test-tools.js';
import { ForeignServer, isServed } from './foreign-server.js';

export interface MotoServer {
  readonly url: string;
  readonly port: number;
  /** What it held is lost, as it holds everything in memory. */
  kill9(): Promise<void>;
  /** On the same port, empty. */
  start(): Promise<void>;
}

/** What EventBridge makes of an entry, as a rule's target gets it. */
export interface Envelope {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: CloudEvent;
}

/** Amazon's services as moto plays them, with its SQS behind its EventBridge, on a loopback port. */
export async function startMoto(): Promise<MotoServer> {
  const script = await installMoto();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Not by the script's first line, which names the interpreter by a path that moves with the checkout.
  const python = join(script, '..', 'python3');
  const args = [script, '--host', '127.0.0.1', '--port', String(port)];
  const server = new ForeignServer(python, args, () => isServed(`${url}/moto-api/`));
  await server.start();
  return { url, port, kill9: () => server.kill9(), start: () => server.start() };
}

/** The SDK's own variables, for whoever is to find this server instead of Amazon's. */
export function awsEnv(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

/** Sets them for this process. @returns what takes them back */
export function setAwsEnv(url: string): () => void {
  const names = Object.keys(awsEnv(url));
  const before = names.map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, awsEnv(url));
  return () => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  };
}

/** An event bus with a rule that sends whatever this service publishes to a queue. */
export class BusWithQueue {
  private readonly received: Envelope[] = [];
  private queueUrl = '';

  private constructor(
    private readonly eventBridge: EventBridgeClient,
    private readonly sqs: SQSClient,
  ) {}

  static async open({ url }: MotoServer, bus: string): Promise<BusWithQueue> {
    const settings = {
      endpoint: url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    const opened = new BusWithQueue(new EventBridgeClient(settings), new SQSClient(settings));
    await opened.create(bus);
    return opened;
  }

  /** Again on a server that has lost it; what was received before is kept here. */
  async create(bus: string): Promise<void> {
    await this.eventBridge.send(new CreateEventBusCommand({ Name: bus }));
    const { QueueUrl = '' } = await this.sqs.send(new CreateQueueCommand({ QueueName: bus }));
    this.queueUrl = QueueUrl;
    // As in docs/sinks.md.
    const EventPattern = JSON.stringify({ source: ['order-processing-service'] });
    await this.eventBridge.send(new PutRuleCommand({ Name: 'orders', EventBusName: bus, EventPattern }));
    const Targets = [{ Id: 'queue', Arn: `arn:aws:sqs:eu-central-1:123456789012:${bus}` }];
    await this.eventBridge.send(new PutTargetsCommand({ Rule: 'orders', EventBusName: bus, Targets }));
  }

  /** Everything that has reached the queue up to now. */
  async all(): Promise<readonly Envelope[]> {
    for (;;) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return this.received;
      this.received.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as Envelope));
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.queueUrl, Entries }));
    }
  }

  /** Sorted, each as often as it arrived. */
  async ids(): Promise<string[]> {
    return (await this.all()).map(({ detail }) => detail.id).sort();
  }

  close(): void {
    this.eventBridge.destroy();
    this.sqs.destroy();
  }
}
