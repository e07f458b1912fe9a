import { describe, expect, it } from '@jest/globals';
import { failingLaneWidth, failingRestMs, failuresInARow, Lanes, laneWidth } from './lanes.js';

function fail(lanes: Lanes, times: number): void {
  for (let i = 0; i < times; i++) {
    lanes.enter('a');
    lanes.leave('a', false);
  }
}

describe('lanes', () => {
  it('give each endpoint as many places as a lane is wide, however full another is', () => {
    const lanes = new Lanes();
    for (let i = 0; i < laneWidth; i++) lanes.enter('a');
    expect([lanes.free('a'), lanes.free('b'), lanes.full(), lanes.underWay]).toEqual([0, laneWidth, ['a'], laneWidth]);
    lanes.leave('a', true);
    expect([lanes.free('a'), lanes.full(), lanes.underWay]).toEqual([1, [], laneWidth - 1]);
  });

  it('narrow for an endpoint that failed many times in a row, until it succeeds', () => {
    let now = 0;
    const lanes = new Lanes(() => now);
    fail(lanes, failuresInARow - 1);
    expect(lanes.free('a')).toBe(laneWidth);
    fail(lanes, 1);
    now += failingRestMs;
    expect(lanes.free('a')).toBe(failingLaneWidth);
    lanes.enter('a');
    lanes.leave('a', undefined);
    expect(lanes.free('a')).toBe(failingLaneWidth);
    lanes.enter('a');
    lanes.leave('a', true);
    expect(lanes.free('a')).toBe(laneWidth);
  });

  it('rest after each failure of an endpoint that keeps failing', () => {
    let now = 0;
    const lanes = new Lanes(() => now);
    fail(lanes, failuresInARow);
    expect([lanes.free('a'), lanes.full()]).toEqual([0, ['a']]);
    now = failingRestMs - 1;
    expect(lanes.free('a')).toBe(0);
    now = failingRestMs;
    expect(lanes.free('a')).toBe(failingLaneWidth);
  });

  it('never have fewer than no places, though they narrow while they are full', () => {
    const lanes = new Lanes();
    for (let i = 0; i < laneWidth; i++) lanes.enter('a');
    for (let i = 0; i < failuresInARow; i++) lanes.leave('a', false);
    expect(lanes.free('a')).toBe(0);
    expect(lanes.full()).toEqual(['a']);
  });
});
