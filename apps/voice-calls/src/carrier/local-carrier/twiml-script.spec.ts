import { describe, expect, it } from 'vitest';
import { readTwiml } from './twiml-script.js';

describe('readTwiml', () => {
  it('reads lines, pauses and the end in document order, through nested and unknown verbs', () => {
    const script = readTwiml(
      `<?xml version="1.0"?><!-- it's a comment --><Response><Say voice="Polly.Joanna">Hello  <![CDATA[<you>]]></Say>
       <Gather input="speech" action="https://a.example/?a=1&amp;b=2"><Say>5 &gt; 4 &#38; caf&#xE9;?</Say></Gather>
       <Record/><Pause length="3"/><Hangup/></Response>`,
    );
    expect(script).toEqual({
      steps: [{ say: 'Hello <you>' }, { say: '5 > 4 & café?' }, { pauseSeconds: 3 }, { hangup: true }],
      transcription: null,
    });
  });

  it('reads where the transcript goes', () => {
    const script = readTwiml(
      `<Response><Start><Transcription statusCallbackUrl='https://a.example/?x=1&amp;y=">"' track="inbound_track"/></Start></Response>`,
    );
    expect(script?.transcription).toEqual({
      statusCallbackUrl: 'https://a.example/?x=1&y=">"',
      track: 'inbound_track',
      languageCode: 'en-US',
      name: '',
    });
  });

  it.each([
    '',
    'hello',
    '<Say>hello</Say>',
    '<Response><Say>hello</Response>',
    '<Response>',
    '<Response/><Response/>',
    '<Response><Say>a</Pause></Response>',
    '<Response><Say a=1>x</Say></Response>',
  ])('refuses what is not well-formed TwiML: %j', (document) => {
    expect(readTwiml(document)).toBeUndefined();
  });
});
