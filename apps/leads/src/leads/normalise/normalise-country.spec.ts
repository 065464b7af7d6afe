import { describe, expect, it } from 'vitest';
import { normaliseCountry } from './normalise-country.js';

describe('normaliseCountry', () => {
  it.each([
    ['us', 'US'], ['United States', 'US'], [' U.S.A. ', 'US'], ['USA', 'US'], ['England', 'GB'], ['UK', 'GB'],
    ['España', 'ES'], ['espana', 'ES'], ['Spain', 'ES'], ['Côte d’Ivoire', 'CI'], ['México', 'MX'], ['Atlantis', null], ['', null],
  ])('reads %j as %s', (raw, wanted) => expect(normaliseCountry(raw)).toBe(wanted));
});
