import mongoose from 'mongoose';
import { anOrder } from './builders.js';
import { send } from './send.js';

/** Makes so many orders, eight at a time, and returns their ids. */
export async function createOrders(url: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  const make = async (): Promise<void> => {
    for (let made = ids.push(''); made <= count; made = ids.push('')) {
      const { status, body } = await send(url, 'POST', '/orders', { body: anOrder() });
      if (status !== 201) throw new Error(`an order could not be made: ${status}`);
      ids[made - 1] = (body as { id: string }).id;
    }
  };
  await Promise.all(Array.from({ length: 8 }, make));
  return ids.slice(0, count);
}

/** The event log as its operator sees it. */
export class EventLogView {
  private constructor(private readonly client: mongoose.mongo.MongoClient) {}

  static async open(uri: string): Promise<EventLogView> {
    return new EventLogView(await new mongoose.mongo.MongoClient(uri).connect());
  }

  get events(): mongoose.mongo.Collection {
    return this.client.db().collection('order_events');
  }

  pendingCount(): Promise<number> {
    return this.events.countDocuments({ pending: 'sink' });
  }

  /** Oldest first. */
  async ids(): Promise<string[]> {
    const found = await this.events
      .find({}, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => String(_id));
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
