import { readdirSync } from 'node:fs';
import { readText } from './text-file.mjs';

/**
 * The package sources of this machine, as apt knows them. An entry is one line of a `.list` file or one stanza of a
 * `.sources` file: `{ types, uris, suites, components, signedBy, options }`.
 */
export function readAptSources(folder = '/etc/apt') {
  const parts = filesIn(`${folder}/sources.list.d`);
  const oneLine = [`${folder}/sources.list`, ...parts.filter((path) => path.endsWith('.list'))];
  const stanzas = parts.filter((path) => path.endsWith('.sources'));
  return [
    ...oneLine.flatMap((path) => parseListFile(readText(path))),
    ...stanzas.flatMap((path) => parseSourcesFile(readText(path))),
  ];
}

function filesIn(folder) {
  try {
    return readdirSync(folder).sort().map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

const words = (text = '') => text.split(/\s+/).filter(Boolean);

/** `deb [signed-by=… arch=…] uri suite component …`, one a line. */
export function parseListFile(text) {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)((?:\s+[^\s#]+)*)/.exec(line);
    if (!match) return [];
    const [, type, options = '', uri, suite, components] = match;
    const signedBy = /signed-by=(\S+)/.exec(options)?.[1];
    return [{ types: [type], uris: [uri], suites: [suite], components: words(components), signedBy }];
  });
}

/** deb822: `Field: value`, continued on lines that start with a space, stanzas parted by empty lines. */
export function parseSourcesFile(text) {
  const plain = text.split('\n').filter((line) => !line.startsWith('#'));
  return plain.join('\n').split(/\n\s*\n/).map(fieldsOf).filter(isEnabled).map((fields) => ({
    types: words(fields.types),
    uris: words(fields.uris),
    suites: words(fields.suites),
    components: words(fields.components),
    signedBy: fields['signed-by'],
  }));
}

function fieldsOf(stanza) {
  const matches = stanza.matchAll(/^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm);
  return Object.fromEntries([...matches].map(([, name, value]) => [name.toLowerCase(), value]));
}

const isEnabled = (fields) => Boolean(fields.uris && fields.suites) && !/^no$/i.test(fields.enabled ?? '');

/**
 * The distribution's own sources among all: release, updates and security; no backports, no third party.
 * `sourceSuite` adds the *source* packages of another release from the same mirror.
 */
export function distributionSources(entries, { codename, sourceSuite }) {
  const wanted = [codename, `${codename}-updates`, `${codename}-security`];
  const own = entries
    .filter((entry) => entry.types.includes('deb') && entry.components.includes('main'))
    .map((entry) => ({ ...entry, types: ['deb'], suites: entry.suites.filter((suite) => wanted.includes(suite)) }))
    .filter((entry) => entry.suites.length > 0);
  const release = own.find((entry) => entry.suites.includes(codename));
  if (!release || !sourceSuite) return own;
  return [...own, { ...release, types: ['deb-src'], suites: [sourceSuite], components: ['main'] }];
}

/** The entries as one deb822 file. */
export function toSourcesFile(entries) {
  return entries.map((entry) => [
    `Types: ${entry.types.join(' ')}`,
    `URIs: ${entry.uris.join(' ')}`,
    `Suites: ${entry.suites.join(' ')}`,
    `Components: ${entry.components.join(' ')}`,
    ...(entry.signedBy ? [`Signed-By: ${entry.signedBy}`] : []),
  ].join('\n')).join('\n\n') + '\n';
}
