import { describe, expect, it } from 'vitest';
import { readTwiml } from '../carrier/local-carrier/twiml-script.js';
import { callScript } from './call-script.js';

const url = 'https://leadwire.example/v1/hooks/carrier/token/transcription?a=1&b=2';
const agent = { openingLine: 'Hello {{ leadName }}, I am with "A & B" <Homes>.', talkingPoints: ['One.', 'Two.', 'Three.', 'Four.'], language: 'en' };
const said = (twiml: string) => readTwiml(twiml)!.steps.map((step) => ('say' in step ? step.say : ''));

describe('the script of a call', () => {
  it('transcribes both sides and says at most four lines, the callee named, everything escaped', () => {
    const twiml = callScript(agent, { leadName: 'Ann & <b>', companyName: null }, url);
    expect(readTwiml(twiml)!.transcription).toMatchObject({ statusCallbackUrl: url, track: 'both_tracks', languageCode: 'en-US' });
    expect(said(twiml)).toEqual(['Hello Ann & <b>, I am with "A & B" <Homes>.', 'One.', 'Two.', 'Three.']);
  });

  it('leaves no gap for a name that is not known', () => {
    expect(said(callScript(agent, { leadName: null, companyName: null }, url))[0]).toBe('Hello, I am with "A & B" <Homes>.');
  });

  it('stays within what the carrier takes, cut at a word, however long the lines', () => {
    const long = { ...agent, openingLine: 'say & '.repeat(160), talkingPoints: ['word '.repeat(199), 'word '.repeat(199), 'word '.repeat(199)] };
    const twiml = callScript(long, { leadName: null, companyName: null }, url);
    expect(twiml.length).toBeLessThanOrEqual(4_000);
    expect(twiml.length).toBeGreaterThan(3_900);
    expect(said(twiml).every((line) => /^((say|&|word) ?)+$/.test(line))).toBe(true);
  });

  it('takes no control character from a lead into the document', () => {
    const twiml = callScript(agent, { leadName: 'A\u0001nn\u000b', companyName: null }, url);
    expect(twiml).not.toMatch(/[\u0000-\u0008\u000b]/);
    expect(said(twiml)[0]).toContain('Ann');
  });
});
