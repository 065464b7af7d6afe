import { describe, expect, it } from 'vitest';
import { isCallee, timeZoneOf } from './callee-number.js';

describe('callee numbers', () => {
  it.each([['+14155550123', true], ['+34600111222', true], ['+1415555', false], ['04155550123', false], ['+999', false], ['', false]])('%s: %s', (text, fits) => {
    expect(isCallee(text)).toBe(fits);
  });

  it('knows the zone of a country with one time, and takes the one given for the rest', () => {
    expect(timeZoneOf('+4930123456', 'UTC')).toBe('Europe/Berlin');
    expect(timeZoneOf('+33123456789', 'UTC')).toBe('Europe/Paris');
    expect(timeZoneOf('+34600111222', 'UTC')).toBe('UTC');
    expect(timeZoneOf('+14155550123', 'America/New_York')).toBe('America/New_York');
  });
});
