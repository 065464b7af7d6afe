export type FormValue = string | { [key: string]: FormValue };
export type FormFields = { [key: string]: FormValue };

/** Reads `a[b][0][c]=d` as Stripe's clients write it: nested fields, lists by their index. */
export function readBracketForm(body: string): FormFields {
  const root: FormFields = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const keys = name.split('[').map((key) => key.replace(/\]$/, ''));
    let fields = root;
    for (const key of keys.slice(0, -1)) {
      const inner = fields[key];
      fields = typeof inner === 'object' ? inner : (fields[key] = Object.create(null) as FormFields);
    }
    fields[keys.at(-1)!] = value;
  }
  return root;
}

/** The text at a path such as `line_items.0.quantity`; undefined when there is none. */
export function textAt(form: FormFields, path: string): string | undefined {
  let value: FormValue | undefined = form;
  for (const key of path.split('.')) value = typeof value === 'object' ? value[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
