/** How many deliveries to one endpoint are under way at the same time, from this instance. */
export const laneWidth = 16;
/** For an endpoint that keeps failing: what it cannot answer shall not occupy the others' share. */
export const failingLaneWidth = 2;
const failuresInARow = 3;
/** How many endpoints' failures are remembered. */
const rememberedMax = 10_000;

interface Lane {
  underWay: number;
  failures: number;
}

/** Each endpoint has a lane of its own, so that a slow or dead one holds back no other. */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private total = 0;

  get underWay(): number {
    return this.total;
  }

  free(endpointId: string): number {
    const underWay = this.lanes.get(endpointId)?.underWay ?? 0;
    return Math.max(0, (this.isFailing(endpointId) ? failingLaneWidth : laneWidth) - underWay);
  }

  isFailing(endpointId: string): boolean {
    return (this.lanes.get(endpointId)?.failures ?? 0) >= failuresInARow;
  }

  full(): string[] {
    return [...this.lanes.keys()].filter((id) => this.free(id) === 0);
  }

  enter(endpointId: string): void {
    const lane = this.lanes.get(endpointId) ?? { underWay: 0, failures: 0 };
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
    if (lane.underWay === 0 && (lane.failures === 0 || this.lanes.size > rememberedMax)) this.lanes.delete(endpointId);
  }
}
