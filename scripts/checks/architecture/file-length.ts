import type { Rule } from './source-tree.js';

const MOST_LINES = 400;

/** A file that needs more lines does more than one thing. */
export const fileLength: Rule = ({ files }) =>
  files.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    return lines > MOST_LINES ? [{ path, says: `has ${lines} lines; ${MOST_LINES} are the most` }] : [];
  });
