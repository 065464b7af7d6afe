import { Liquid } from 'liquidjs';

/** What a template may speak of; `customFields` holds whatever the tenant keeps of a lead besides. */
export const TEMPLATE_VARIABLES = [
  'firstName', 'lastName', 'companyName', 'title', 'city', 'industry', 'email', 'unsubscribeUrl', 'customFields',
] as const;

/** What a template said when it could not be read or filled in. */
export type TemplateFault = { fault: 'syntax'; message: string } | { fault: 'unknown-variable'; variable: string };
export type Rendered = { text: string } | { missing: string } | { failed: string };

// Limits: characters parsed, milliseconds and memory of one rendering.
const liquid = new Liquid({
  strictVariables: true,
  strictFilters: true,
  // `if` and `default` are how a template provides for a value that may be missing.
  lenientIf: true,
  ownPropertyOnly: true,
  templates: {},
  parseLimit: 100_000,
  renderLimit: 1_000,
  memoryLimit: 2_000_000,
});
// A template is one text: it loads no other, least of all from the disk.
for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];

/** The variables a template uses, or what is wrong with it. */
export function readTemplate(source: string): { variables: string[] } | TemplateFault {
  try {
    if (source.includes('\0')) return { fault: 'syntax', message: 'holds a NUL character' };
    const parsed = liquid.parse(source);
    const roots = liquid.globalVariablesSync(parsed);
    const unknown = roots.find((root) => !(TEMPLATE_VARIABLES as readonly string[]).includes(root));
    if (unknown) return { fault: 'unknown-variable', variable: unknown };
    return { variables: liquid.globalFullVariablesSync(parsed) };
  } catch (error) {
    return { fault: 'syntax', message: (error as Error).message.slice(0, 300) };
  }
}

/** Fills a template in; a variable without a value is named, nothing is rendered then. */
export function renderTemplate(source: string, variables: object): Rendered {
  try {
    return { text: liquid.parseAndRenderSync(source, variables) as string };
  } catch (error) {
    const { originalError, message } = error as Error & { originalError?: { variableName?: string } };
    return originalError?.variableName ? { missing: originalError.variableName } : { failed: message };
  }
}
