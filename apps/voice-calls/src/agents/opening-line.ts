import { Liquid } from 'liquidjs';

// In-memory templates only: an agent's line can include no file. The limits bound what one line may cost.
const liquid = new Liquid({ templates: {}, ownPropertyOnly: true, parseLimit: 10_000, renderLimit: 100, memoryLimit: 1_000_000 });

/** Whom an agent speaks to. */
export interface Callee {
  leadName: string | null;
  companyName: string | null;
}

/** What is wrong with a line's Liquid; undefined when it can be read. */
export function faultOfLine(line: string): string | undefined {
  try {
    liquid.parse(line);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The line as it is spoken. What is not known of the callee is left out, and no blank stays before a comma. */
export function speakLine(line: string, callee: Callee): string {
  const said: string = liquid.parseAndRenderSync(line, { leadName: callee.leadName ?? '', companyName: callee.companyName ?? '' });
  return said.replace(/\s+/g, ' ').replace(/ ([,.!?;])/g, '$1').trim();
}
