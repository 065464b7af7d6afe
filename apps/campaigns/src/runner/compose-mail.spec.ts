import { describe, expect, it } from 'vitest';
import { htmlOfText } from './compose-mail.js';

describe('the HTML of a text', () => {
  it('holds no markup but its own', () => {
    expect(htmlOfText('<b>"A" & \'B\'</b>\nEnd')).toBe(
      '<!doctype html><html><body>&#60;b&#62;&#34;A&#34; &#38; &#39;B&#39;&#60;/b&#62;<br>\nEnd</body></html>',
    );
  });

  it('makes links of web addresses, their query included', () => {
    expect(htmlOfText('see https://x.example/a?b=1&c=2 now')).toContain('<a href="https://x.example/a?b=1&#38;c=2">https://x.example/a?b=1&#38;c=2</a> now');
    expect(htmlOfText('<https://x.example/"onclick=>')).toContain('<a href="https://x.example/">https://x.example/</a>&#34;onclick=');
  });
});
