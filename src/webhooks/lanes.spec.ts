import { describe, expect, it } from '@jest/globals';
import { failingLaneWidth, Lanes, laneWidth } from './lanes.js';

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

  it('narrow for an endpoint that failed three times in a row, until it succeeds', () => {
    const lanes = new Lanes();
    fail(lanes, 2);
    expect(lanes.free('a')).toBe(laneWidth);
    fail(lanes, 1);
    expect(lanes.free('a')).toBe(failingLaneWidth);
    lanes.enter('a');
    lanes.leave('a', undefined);
    expect(lanes.free('a')).toBe(failingLaneWidth);
    lanes.enter('a');
    lanes.leave('a', true);
    expect(lanes.free('a')).toBe(laneWidth);
  });

  it('never have fewer than no places, though they narrow while they are full', () => {
    const lanes = new Lanes();
    for (let i = 0; i < laneWidth; i++) lanes.enter('a');
    for (let i = 0; i < 3; i++) lanes.leave('a', false);
    expect(lanes.free('a')).toBe(0);
    expect(lanes.full()).toEqual(['a']);
  });
});
