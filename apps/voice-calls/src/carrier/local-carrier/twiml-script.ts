export type TwimlStep = { say: string } | { pauseSeconds: number } | { hangup: true };

export interface TwimlScript {
  steps: TwimlStep[];
  transcription: { statusCallbackUrl: string; track: string; languageCode: string; name: string } | null;
}

interface Tag {
  name: string;
  attributes: Record<string, string>;
  closing: boolean;
  selfClosing: boolean;
}

const pieces =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+/g;
const tagShape = /^<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>$/;
const attributeShape = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a TwiML document; undefined when it is not well-formed, as Twilio's error 12100. */
export function readTwiml(document: string): TwimlScript | undefined {
  const script: TwimlScript = { steps: [], transcription: null };
  const open: string[] = [];
  let spoken = '';
  let sawResponse = false;
  for (const [piece, cdata] of document.trim().matchAll(pieces)) {
    if (piece.startsWith('<!--') || piece.startsWith('<?')) continue;
    if (cdata !== undefined || !piece.startsWith('<')) {
      if (open.length === 0 && piece.trim() !== '') return undefined;
      if (open.includes('Say')) spoken += cdata ?? decode(piece);
      continue;
    }
    const tag = readTag(piece);
    if (!tag) return undefined;
    if (!tag.closing) {
      if (open.length === 0 && (sawResponse || tag.name !== 'Response')) return undefined;
      sawResponse = true;
      opened(tag, script);
    }
    if (!tag.closing && !tag.selfClosing) open.push(tag.name);
    if (tag.closing && open.pop() !== tag.name) return undefined;
    if (tag.closing && tag.name === 'Say') {
      const say = spoken.replace(/\s+/g, ' ').trim();
      if (say) script.steps.push({ say });
      spoken = '';
    }
  }
  return sawResponse && open.length === 0 ? script : undefined;
}

function opened(tag: Tag, script: TwimlScript): void {
  if (tag.name === 'Pause')
    script.steps.push({ pauseSeconds: Math.max(Number(tag.attributes.length ?? 1) || 1, 0) });
  if (tag.name === 'Hangup' || tag.name === 'Reject') script.steps.push({ hangup: true });
  const { statusCallbackUrl, track, languageCode, name } = tag.attributes;
  if (tag.name === 'Transcription' && statusCallbackUrl)
    script.transcription = {
      statusCallbackUrl,
      track: track ?? 'both_tracks',
      languageCode: languageCode ?? 'en-US',
      name: name ?? '',
    };
}

function readTag(piece: string): Tag | undefined {
  const shape = tagShape.exec(piece);
  if (!shape) return undefined;
  const attributes: Record<string, string> = {};
  for (const [, key, double, single] of shape[3]!.matchAll(attributeShape))
    attributes[key!] = decode(double ?? single ?? '');
  return { name: shape[2]!, attributes, closing: shape[1] === '/', selfClosing: shape[4] === '/' };
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name) return entities[name] ?? whole;
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
