import { describe, expect, it } from 'vitest';
import { editColumns } from './edit-columns.js';
import { guessColumns } from './guess-columns.js';
import { COLUMN_NAMES, spellHeader } from './lead-field.js';

const targetsOf = (header: string[]): string[] => guessColumns(header).map(({ target }) => target);

const HEADER =
  'First Name,LAST NAME,E-Mail,Phone ,Company,Job Title,LinkedIn,City,Country,Industry,Budget,Notes,source,Tags';

describe('guessColumns', () => {
  it('knows the columns of the sample', () => {
    expect(targetsOf(HEADER.split(','))).toEqual([
      'firstName', 'lastName', 'email', 'phone', 'companyName', 'title', 'linkedinUrl', 'city', 'country', 'industry',
      'budget', 'notes', 'source', 'tags',
    ]);
  });

  it('knows Spanish', () => {
    expect(targetsOf(['Nombre', 'Apellidos', 'Correo electrónico', 'TELÉFONO MÓVIL', 'Razón social', 'País', 'Presupuesto'])).toEqual([
      'firstName', 'lastName', 'email', 'phone', 'companyName', 'country', 'budget',
    ]);
  });

  it.each([
    ['emailAddress', 'email'], ['EMAIL', 'email'], ['e_mail', 'email'], ['jobTitle', 'title'], ['LinkedIn URL', 'linkedinUrl'],
    ['Full Name', 'name'], ['Favourite Colour', 'custom:favourite_colour'], ['公司', 'custom:column_1'], ['', 'custom:column_1'],
    ['__proto__', 'custom:proto'], ['2024 sales', 'custom:sales'],
  ])('reads %j as %s', (header, target) => expect(targetsOf([header])).toEqual([target]));

  it('gives a field to the first column that claims it, and no key twice', () => {
    expect(targetsOf(['E-Mail', 'Work Email', 'Size', 'size', 'Work email'])).toEqual([
      'email', 'custom:work_email', 'custom:size', 'custom:size_4', 'custom:work_email_5',
    ]);
  });

  it('has every name once and in the spelling that is looked up', () => {
    const names = Object.values(COLUMN_NAMES).flat();
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => spellHeader(name) !== name)).toEqual([]);
  });
});

describe('editColumns', () => {
  const guessed = guessColumns(['E-Mail', 'Work Email', 'Foo']);

  it('changes what a person changes and leaves the rest', () => {
    expect(editColumns(guessed, { 'E-Mail': 'ignore', 'Work Email': 'email', Foo: 'custom:shoe_size' })).toEqual({
      mapping: [
        { header: 'E-Mail', target: 'ignore' },
        { header: 'Work Email', target: 'email' },
        { header: 'Foo', target: 'custom:shoe_size' },
      ],
    });
  });

  it.each([
    [{ Bar: 'email' }, 'mapping-column-unknown'],
    [{ Foo: 'password' }, 'mapping-target-unknown'],
    [{ Foo: 'custom:__proto__' }, 'mapping-target-unknown'],
    [{ Foo: 'email' }, 'mapping-target-twice'],
  ])('refuses %j', (edits, code) => {
    expect(editColumns(guessed, edits)).toMatchObject({ problems: [{ code }] });
  });
});
