const HOST = /^([a-z]{2,3}\.)?linkedin\.com$/;
const PROFILE = /^\/(in|pub|company|school|sales\/lead)\/([^/]+)/i;

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * One spelling per profile: https, www, no query, no last slash, lower case, so that equal profiles are equal text.
 * Takes a full URL, one without scheme, or a bare `in/name`; null for anything that is no LinkedIn profile.
 */
export function normaliseLinkedin(raw: string): string | null {
  const text = raw.trim().replace(/^\/?(in|company)\//i, 'https://linkedin.com/$1/');
  const url = parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || !HOST.test(url.hostname)) return null;
  const [, kind, name] = PROFILE.exec(url.pathname) ?? [];
  const slug = decoded(name ?? '').normalize('NFC').toLowerCase().trim();
  return kind && slug && !/[\s\p{Cc}]/u.test(slug)
    ? `https://www.linkedin.com/${kind.toLowerCase()}/${encodeURIComponent(slug)}`
    : null;
}
