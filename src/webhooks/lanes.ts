/** How many deliveries to one endpoint are under way at the same time, from this instance. */
export const laneWidth = 16;
/** For an endpoint that keeps failing: what it cannot answer shall not occupy the others' share. */
export const failingLaneWidth = 2;
/** Many, since each verdict costs: of an endpoint where three tries in ten fail, one in fifteen thousand follows so many failures. */
export const failuresInARow = 8;
/** Between the tries at an endpoint that keeps failing, in milliseconds: there may be thousands that could be made at once. */
export const failingRestMs = 1_000;
/** How many endpoints' failures are remembered. */
const rememberedMax = 10_000;

interface Lane {
  underWay: number;
  failures: number;
  /** By the clock of `Lanes`. */
  restsUntil: number;
}

/** Each endpoint has a lane of its own, so that a slow or dead one holds back no other. */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private total = 0;

  /** @param now milliseconds, from any moment on */
  constructor(private readonly now: () => number = () => performance.now()) {}

  get underWay(): number {
    return this.total;
  }

  free(endpointId: string): number {
    const { underWay, restsUntil } = this.lanes.get(endpointId) ?? { underWay: 0, restsUntil: 0 };
    if (!this.isFailing(endpointId)) return Math.max(0, laneWidth - underWay);
    return this.now() < restsUntil ? 0 : Math.max(0, failingLaneWidth - underWay);
  }

  isFailing(endpointId: string): boolean {
    return (this.lanes.get(endpointId)?.failures ?? 0) >= failuresInARow;
  }

  full(): string[] {
    return [...this.lanes.keys()].filter((id) => this.free(id) === 0);
  }

  enter(endpointId: string): void {
    const lane = this.lanes.get(endpointId) ?? { underWay: 0, failures: 0, restsUntil: 0 };
    this.lanes.set(endpointId, lane);
    lane.underWay++;
    this.total++;
  }

  /** @param succeeded undefined: it was neither a success nor a failure */
  leave(endpointId: string, succeeded: boolean | undefined): void {
    const lane = this.lanes.get(endpointId);
    if (!lane) return;
    this.total--;
    lane.underWay--;
    if (succeeded !== undefined) lane.failures = succeeded ? 0 : lane.failures + 1;
    if (succeeded === false) lane.restsUntil = this.now() + failingRestMs;
    if (lane.underWay === 0 && (lane.failures === 0 || this.lanes.size > rememberedMax)) this.lanes.delete(endpointId);
  }
}
