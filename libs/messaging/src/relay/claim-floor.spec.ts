import { describe, expect, it } from 'vitest';
import { ClaimFloor } from './claim-floor.js';

describe('the floor of a claim', () => {
  it('rises to what was seen once every transaction of that time has ended', () => {
    const floor = new ClaimFloor();
    floor.saw({ xmin: 90n, xmax: 100n, lowest: 1n, highest: 50n });
    expect(floor.position).toBe(0n);
    floor.saw({ xmin: 99n, xmax: 120n });
    expect(floor.position).toBe(0n);
    floor.saw({ xmin: 100n, xmax: 120n });
    expect(floor.position).toBe(50n);
  });

  it('stays below what is still unpublished', () => {
    const floor = new ClaimFloor();
    floor.saw({ xmin: 90n, xmax: 100n, lowest: 1n, highest: 50n });
    floor.saw({ xmin: 100n, xmax: 120n, lowest: 7n, highest: 80n });
    expect(floor.position).toBe(6n);
  });

  it('does not take a later look for an earlier one’s transactions', () => {
    const floor = new ClaimFloor();
    floor.saw({ xmin: 90n, xmax: 100n, lowest: 1n, highest: 50n });
    floor.saw({ xmin: 95n, xmax: 200n, lowest: 51n, highest: 90n });
    floor.saw({ xmin: 100n, xmax: 210n });
    expect(floor.position).toBe(50n);
  });

  it('begins anew when it is told to', () => {
    const floor = new ClaimFloor();
    floor.saw({ xmin: 90n, xmax: 100n, highest: 50n });
    floor.saw({ xmin: 100n, xmax: 100n });
    floor.reset();
    expect(floor.position).toBe(0n);
  });
});
