import type { WireMessage } from '../support/wire-proxy.js';
import type { KeyedRequest } from './keyed-request.js';
import type { Point } from './points.js';

export interface Placed {
  readonly point: Point;
  readonly request: KeyedRequest;
}

/** Lets each of several requests come as far as its point, and holds it there. */
export class Gate {
  private readonly reached = new Set<Placed>();
  private readonly held = new Map<Buffer, Placed>();
  /** Only a bulkWrite tells its key; the commit that follows tells the same session. */
  private readonly sessions = new Map<string, Placed>();

  constructor(private readonly placed: readonly Placed[]) {}

  readonly watch = (message: WireMessage): 'pass' | 'hold' => {
    const each = this.placedOf(message);
    if (!each || this.reached.has(each)) return 'pass';
    const { at } = each.point;
    if (at?.command !== message.command || at.from !== message.from) return 'pass';
    this.reached.add(each);
    this.held.set(message.request, each);
    return 'hold';
  };

  /** Whether the request was held at its point; one that has none there was not. */
  hasReached(placed: Placed): boolean {
    return this.reached.has(placed);
  }

  readonly isDelivered = ({ request }: WireMessage): boolean => this.held.get(request)?.point.delivered ?? false;

  private placedOf({ command, request, from }: WireMessage): Placed | undefined {
    if (command === 'commitTransaction') return this.sessions.get(sessionOf(request));
    if (command !== 'find' && command !== 'bulkWrite') return undefined;
    const found = this.placed.find((each) => request.includes(`${each.request.key}\0`));
    if (found && command === 'bulkWrite' && from === 'client') this.sessions.set(sessionOf(request), found);
    return found;
  }
}

/** The id in `lsid: { id: <UUID> }`: after the name come two lengths, the types, the inner name and the subtype. */
function sessionOf(request: Buffer): string {
  const at = request.indexOf('lsid\0');
  return request.toString('hex', at + 18, at + 34);
}
