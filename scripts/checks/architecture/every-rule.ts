import { appsApart } from './apps-apart.js';
import { environmentReads } from './environment-reads.js';
import { fileLength } from './file-length.js';
import { fileNames } from './file-names.js';
import { librariesByName } from './libraries-by-name.js';
import { libraryOrder } from './library-order.js';
import { pureDomain } from './pure-domain.js';
import { serviceShape } from './service-shape.js';
import type { Rule } from './source-tree.js';

/** Every rule over the sources; each has a fixture of its name that breaks it. */
export const RULES: Record<string, Rule> = {
  'apps-apart': appsApart,
  'libraries-by-name': librariesByName,
  'library-order': libraryOrder,
  'pure-domain': pureDomain,
  'environment-reads': environmentReads,
  'file-names': fileNames,
  'file-length': fileLength,
  'service-shape': serviceShape,
};
