import { describe, expect, it } from 'vitest';
import { parseInbound } from './inbound-mail.js';

const raw = (headers: string[], body = 'Hello') => Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}\r\n`);
const basic = [
  'From: Lee <Lee@Customer.example>',
  'To: ava@leadwire.example',
  'Subject: Re: Hi',
  'Message-ID: <r1@customer.example>',
];

describe('parseInbound', () => {
  it('reads who wrote what to whom in answer to which message', async () => {
    const headers = [
      'Delivered-To: Reply+7@in.leadwire.example',
      'From: =?utf-8?Q?J=C3=BCrgen_Lee?= <Lee@Customer.example>',
      'To: "Ava" <reply+7@in.leadwire.example>, Team: a@x.example, b@x.example;',
      'Subject: =?utf-8?B?UmU6IEdyw7zDn2U=?=',
      'Message-ID: <r1@customer.example>',
      'In-Reply-To: <m2@mail.leadwire.example>',
      'References: <m1@mail.leadwire.example>\r\n <m2@mail.leadwire.example>',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
    ];
    expect(await parseInbound(raw(headers, 'Ja, gern n=E4chste Woche.'))).toEqual({
      from: 'lee@customer.example',
      to: ['reply+7@in.leadwire.example', 'a@x.example', 'b@x.example'],
      messageId: '<r1@customer.example>',
      inReplyTo: '<m2@mail.leadwire.example>',
      references: ['<m1@mail.leadwire.example>', '<m2@mail.leadwire.example>'],
      subject: 'Re: Grüße',
      text: 'Ja, gern nächste Woche.\n',
      isAutoReply: false,
      isBounce: false,
    });
  });

  it('finds text in a message that has only HTML', async () => {
    const page =
      '<style>p{}</style><p>Yes, <b>call</b> me\r\n on &#8364;5 &amp; more</p><!-- no --><div>Lee</div>';
    const mail = await parseInbound(raw([...basic, 'Content-Type: text/html'], page));
    expect(mail).toMatchObject({ text: 'Yes, call me on €5 & more\nLee' });
  });

  it.each([
    ['Auto-Submitted: auto-replied', true],
    ['Auto-Submitted: auto-generated (vacation)', true],
    ['Auto-Submitted: no', false],
    ['X-Autoreply: yes', true],
    ['Precedence: auto_reply', true],
    ['Precedence: bulk', false],
  ])('a header "%s" makes it an automatic reply: %s', async (header, isAutoReply) => {
    expect(await parseInbound(raw([...basic, header]))).toMatchObject({ isAutoReply, isBounce: false });
  });

  it.each([
    ['Out of office: back on Monday', true],
    ['Automatic reply: Hi', true],
    ['Abwesenheitsnotiz: Hi', true],
    ['Re: the out of office party', false],
  ])('a subject "%s" makes it an automatic reply: %s', async (subject, isAutoReply) => {
    const headers = basic.map((header) => (header.startsWith('Subject') ? `Subject: ${subject}` : header));
    expect(await parseInbound(raw(headers))).toMatchObject({ isAutoReply, isBounce: false });
  });

  it('knows a delivery report', async () => {
    const report = ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'];
    const body =
      '--b\r\n\r\nIt did not arrive.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--b--';
    expect(await parseInbound(raw([...basic, ...report], body))).toMatchObject({
      isBounce: true,
      isAutoReply: true,
    });
    const plain = [
      'Return-Path: <>',
      'From: MAILER-DAEMON@mx.example',
      'To: ava@leadwire.example',
      'Subject: failure',
    ];
    expect(await parseInbound(raw(plain))).toMatchObject({ isBounce: true });
  });

  it('calls malformed what names no sender', async () => {
    expect(await parseInbound(Buffer.from([0, 1, 2, 3]))).toMatchObject({ failed: 'malformed' });
    expect(await parseInbound(Buffer.alloc(0))).toMatchObject({ failed: 'malformed' });
  });
});
