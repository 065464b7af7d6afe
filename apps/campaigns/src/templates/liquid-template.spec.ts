import { describe, expect, it } from 'vitest';
import { leadVariables } from './lead-variables.js';
import { readTemplate, renderTemplate } from './liquid-template.js';

describe('a template', () => {
  it('tells the variables it uses', () => {
    expect(readTemplate('{{ firstName }} {{ customFields.plan }} {% assign x = city %}{{ x }}')).toEqual({
      variables: ['firstName', 'customFields.plan', 'city'],
    });
  });

  it.each(['{{ a', '{% if title %}', '{{ title | nothing }}', '{% include "/etc/passwd" %}', '{% render title %}', 'a\0b'])(
    'cannot be read: %s',
    (source) => expect(readTemplate(source)).toMatchObject({ fault: 'syntax' }),
  );

  it('names a variable there is not', () => {
    expect(readTemplate('{{ first_name }}')).toEqual({ fault: 'unknown-variable', variable: 'first_name' });
  });

  const render = (source: string, fields: object) => renderTemplate(source, leadVariables(fields, 'https://u.example'));

  it('names the variable without a value, whether null, blank or left out', () => {
    for (const title of [null, ' ', undefined]) expect(render('Dear {{ title }}', { title })).toEqual({ missing: 'title' });
    expect(render('{{ customFields.plan }}', { customFields: { plan: '' } })).toEqual({ missing: 'customFields.plan' });
    expect(render('{{ customFields.plan }}', {})).toEqual({ missing: 'customFields.plan' });
  });

  it('may provide for a missing value itself', () => {
    expect(render('Hi {{ firstName | default: "there" }}{% if title %}, {{ title }}{% endif %}', {})).toEqual({ text: 'Hi there' });
  });

  it('stops a rendering that would not end', () => {
    expect(render('{% for a in (1..99999999) %}{{ a }}{% endfor %}', {})).toMatchObject({ failed: expect.stringContaining('limit') });
  });
});
