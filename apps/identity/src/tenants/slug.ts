/** A tenant's name as it stands in addresses: lower case, accents folded, words joined by hyphens. */
export function slugOf(name: string): string {
  const folded = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'tenant';
}
