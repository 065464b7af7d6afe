import { describe, expect, it } from 'vitest';
import { normaliseLinkedin } from './normalise-linkedin.js';

describe('normaliseLinkedin', () => {
  it.each([
    ['https://www.linkedin.com/in/Ana-Ruiz/', 'https://www.linkedin.com/in/ana-ruiz'],
    ['linkedin.com/in/ana-ruiz?utm=1#top', 'https://www.linkedin.com/in/ana-ruiz'],
    ['http://es.linkedin.com/in/jos%C3%A9', 'https://www.linkedin.com/in/jos%C3%A9'],
    [' in/ana-ruiz ', 'https://www.linkedin.com/in/ana-ruiz'],
    ['https://linkedin.com/company/acme/about', 'https://www.linkedin.com/company/acme'],
  ])('reads %j', (raw, wanted) => expect(normaliseLinkedin(raw)).toBe(wanted));

  it.each(['', 'ana-ruiz', 'https://linkedin.com', 'https://linkedin.com/feed/', 'https://evil.example/in/ana',
    'https://linkedin.com.evil.example/in/ana', 'javascript:alert(1)//linkedin.com/in/a', 'https://linkedin.com/in/%00',
    'ftp://linkedin.com/in/ana', 'https://'])('refuses %j', (raw) => expect(normaliseLinkedin(raw)).toBeNull());
});
