import { describe, expect, it } from 'vitest';
import { distributionSources, parseListFile, parseSourcesFile, toSourcesFile } from './apt-sources.mjs';

const BOOKWORM = { codename: 'bookworm', sourceSuite: 'trixie' };

describe('apt sources', () => {
  it('reads one-line entries with and without options and leaves comments out', () => {
    const text = [
      '# deb http://gone.example/debian bookworm main',
      'deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] http://mirror.example/debian bookworm main contrib # own',
      'deb-src http://mirror.example/debian bookworm main',
    ].join('\n');
    expect(parseListFile(text)).toEqual([
      { types: ['deb'], uris: ['http://mirror.example/debian'], suites: ['bookworm'], components: ['main', 'contrib'], signedBy: '/usr/share/keyrings/a.gpg' },
      { types: ['deb-src'], uris: ['http://mirror.example/debian'], suites: ['bookworm'], components: ['main'], signedBy: undefined },
    ]);
  });

  it('reads deb822 stanzas, with comments between fields, keys over several lines, and disabled ones left out', () => {
    const text = [
      'Types: deb',
      '# http://snapshot.example',
      'URIs: http://mirror.example/debian',
      'Suites: bookworm bookworm-updates',
      'Components: main',
      'Signed-By:',
      ' -----BEGIN PGP PUBLIC KEY BLOCK-----',
      ' .',
      ' abc',
      '',
      'Enabled: no',
      'Types: deb',
      'URIs: http://other.example',
      'Suites: bookworm',
      'Components: main',
    ].join('\n');
    const entries = parseSourcesFile(text);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ suites: ['bookworm', 'bookworm-updates'], components: ['main'] });
    expect(entries[0]?.signedBy).toBe('\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc');
  });

  it('keeps the distribution, drops third parties and backports, and adds the source suite on the same mirror', () => {
    const entries = parseListFile(
      [
        'deb http://mirror.example/debian bookworm main',
        'deb http://mirror.example/debian bookworm-backports main',
        'deb http://mirror.example/debian-security bookworm-security main',
        'deb http://vendor.example/apt bookworm stable',
      ].join('\n'),
    );
    const file = toSourcesFile(distributionSources(entries, BOOKWORM));
    expect(file).toContain('Suites: bookworm-security');
    expect(file).not.toMatch(/backports|vendor/);
    expect(file).toContain('Types: deb-src\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main');
  });

  it('finds nothing to fetch from where the machine names no source of the distribution', () => {
    expect(distributionSources(parseListFile('deb http://vendor.example/apt stable main'), BOOKWORM)).toEqual([]);
  });
});
