const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;
// The part of RFC 5321 that mail systems accept in practice: no quoted local parts, no address literals.
const LOCAL_PART = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
const TOP_LABEL = /^(\p{L}{2,}|xn--[a-z0-9-]+)$/u;

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && TOP_LABEL.test(labels.at(-1) ?? '');
}

/** Answers the trimmed, lower-cased address, or null where it is none that could be written to. */
export function normaliseEmail(raw: string): string | null {
  const address = raw
    .trim()
    .replace(/^mailto:/i, '')
    .normalize('NFC')
    .toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 1 || at > LONGEST_LOCAL_PART || address.length > LONGEST_ADDRESS) return null;
  return LOCAL_PART.test(address.slice(0, at)) && isDomain(address.slice(at + 1)) ? address : null;
}
