import { Field, integer, text } from '#leadwire/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDocuments, writeAll } from './check-documents.js';
import { Checkout, telling } from './checkout.harness.js';

class Told {
  @Field(text({ max: 20 })) name: string;
}
class Grown extends Told {
  @Field(integer(), { optional: true }) score?: number;
}
class Renamed {
  @Field(text({ max: 20 })) fullName: string;
}

const FILE = 'events/leads.lead.told.v1.schema.json';
const told = telling(Told);
const grown = telling(Grown);
const renamed = telling(Renamed);
const deprecated = telling(Told, { deprecated: 'leads.lead.said' });
const none = new Map<string, string>();

let checkout: Checkout;
const clones: Checkout[] = [];

beforeEach(() => void (checkout = Checkout.make()));
afterEach(() => [checkout, ...clones.splice(0)].forEach((each) => each.remove()));

const errors = (documents = checkout.documents(), of = checkout) => checkDocuments(of.top, documents).errors;

describe('a change of an event', () => {
  it('passes when nothing changed, and says so', () => {
    checkout.commit(told, 'feat: tell');
    expect(checkDocuments(checkout.top, told)).toEqual({ errors: [], notes: ['1 documents in docs/contracts are as declared'] });
  });

  it('passes when an optional field was added, regenerated and committed', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(grown, 'feat: tell the score too');
    expect(errors()).toEqual([]);
  });

  it('fails while the documents are not regenerated', () => {
    checkout.commit(told, 'feat: tell');
    expect(errors(grown)).toEqual([`docs/contracts/${FILE} differs from the declarations`, 'Run npm run contracts and commit.']);
  });

  it('fails when it breaks a promise, before it is committed', () => {
    checkout.commit(told, 'feat: tell');
    checkout.write(renamed);
    expect(errors()).toContain(`${FILE}: name was removed`);
  });

  it('fails when the documents were regenerated and committed with it', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(renamed, 'fix: tell the full name');
    expect(errors()).toContain(`${FILE}: name was removed`);
  });

  it('fails when the break lies commits back, on a branch that went on', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(renamed, 'fix: tell the full name');
    checkout.commit(renamed, 'docs: say more');
    expect(errors()).toContain(`${FILE}: name was removed`);
  });

  it('fails when it comes by a merge', () => {
    checkout.commit(told, 'feat: tell');
    checkout.git('switch', '-q', '-c', 'branch');
    checkout.commit(renamed, 'fix: tell the full name');
    checkout.git('switch', '-q', 'main');
    checkout.git('commit', '-q', '--allow-empty', '-m', 'chore: go on');
    checkout.git('merge', '-q', '--no-ff', 'branch', '-m', 'Merge branch');
    expect(errors()).toContain(`${FILE}: name was removed`);
  });

  it('fails when an optional field that was added later is taken away again', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(grown, 'feat: tell the score too');
    checkout.commit(told, 'fix: no score');
    expect(errors()).toContain(`${FILE}: score was removed`);
  });

  it.each(['feat!: tell the full name', 'fix(leads)!: tell the full name', 'feat: tell the full name\n\nBREAKING CHANGE: name is gone'])(
    'passes when its commit says that it breaks: %s',
    (message) => {
      checkout.commit(told, 'feat: tell');
      checkout.commit(renamed, message);
      checkout.commit(renamed, 'docs: say more');
      expect(errors()).toEqual([]);
    },
  );

  it('is bound by what a merge itself wrote', () => {
    checkout.commit(told, 'feat: tell');
    checkout.git('switch', '-q', '-c', 'branch');
    checkout.git('commit', '-q', '--allow-empty', '-m', 'chore: go on');
    checkout.git('switch', '-q', 'main');
    checkout.git('merge', '-q', '--no-ff', '--no-commit', 'branch');
    checkout.commit(grown, 'Merge branch');
    checkout.commit(told, 'fix: no score');
    expect(errors()).toContain(`${FILE}: score was removed`);
  });

  it('is not bound by what stood before a break that was meant, whatever the clocks of two branches said', () => {
    const other = new Map([['events/leads.lead.said.v1.schema.json', [...told.values()][0]!]]);
    checkout.commit(told, 'feat: tell', new Date('2020-01-01'));
    checkout.git('switch', '-q', '-c', 'branch');
    checkout.commit(renamed, 'feat!: tell the full name', new Date('2000-01-01'));
    checkout.git('switch', '-q', 'main');
    checkout.commit(new Map([...told, ...other]), 'feat: say');
    checkout.git('merge', '-q', '--no-ff', 'branch', '-m', 'Merge branch');
    expect(checkout.documents()).toEqual(new Map([...renamed, ...other]));
    expect(errors()).toEqual([]);
  });

  it('is bound again by what was told since the break that was meant', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(renamed, 'feat!: tell the full name');
    checkout.commit(told, 'fix: back');
    expect(errors()).toContain(`${FILE}: fullName was removed`);
  });
});

describe('the removal of a version', () => {
  it('fails when nobody was told', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(none, 'refactor: tell no more');
    expect(errors()).toContain(`${FILE}: was removed without having been published as deprecated`);
  });

  it('passes when it had been published as deprecated, and from then on', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(deprecated, 'feat: deprecate');
    checkout.commit(none, 'refactor: tell no more');
    expect(errors()).toEqual([]);
    checkout.commit(none, 'docs: say more');
    expect(errors()).toEqual([]);
  });

  it('passes when its commit says that it breaks', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(none, 'feat!: tell no more');
    expect(errors()).toEqual([]);
  });

  it('does not free its number for another shape', () => {
    checkout.commit(deprecated, 'feat: deprecate');
    checkout.commit(none, 'refactor: tell no more');
    checkout.commit(renamed, 'feat: tell again');
    expect(errors()).toContain(`${FILE}: name was removed`);
  });
});

describe('what cannot be seen', () => {
  it('is said of a clone whose history is cut off', () => {
    checkout.commit(told, 'feat: tell');
    checkout.commit(renamed, 'fix: tell the full name');
    const clone = checkout.shallowClone();
    clones.push(clone);
    expect(checkDocuments(clone.top, renamed)).toMatchObject({ errors: [], notes: [expect.stringContaining('cut off'), expect.any(String)] });
    expect(errors(told, clone)).toContain(`${FILE}: fullName was removed`);
  });

  it('is said where there is no git, and the folder stands in for it', () => {
    const plain = Checkout.withoutGit();
    clones.push(plain);
    plain.write(told);
    expect(checkDocuments(plain.top, grown).notes).toEqual([expect.stringContaining('no git history')]);
    expect(errors(renamed, plain)).toContain(`${FILE}: name was removed`);
  });
});

describe('writing', () => {
  it('refuses to write a break, unless it is meant', () => {
    checkout.commit(told, 'feat: tell');
    expect(writeAll(checkout.top, renamed, false).errors).toContain(`${FILE}: name was removed`);
    expect(checkout.documents()).toEqual(told);
    const { errors: left, notes } = writeAll(checkout.top, renamed, true);
    expect(left).toEqual([]);
    expect(notes).toContain(`${FILE}: name was removed`);
    expect(checkout.documents()).toEqual(renamed);
  });

  it('writes what keeps its promises', () => {
    checkout.commit(told, 'feat: tell');
    expect(writeAll(checkout.top, grown, false).errors).toEqual([]);
    expect(checkout.documents()).toEqual(grown);
  });
});
