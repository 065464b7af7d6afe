import { inTop } from '../setup/paths.mjs';

/** What must hold beside the tests: a name, and what to run with Node; it holds when that ends with 0. */
export const GATES = [
  { name: 'types', args: [inTop('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--noEmit', '--pretty', 'false'] },
  { name: 'lint', args: [inTop('node_modules', 'oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'contracts', args: [inTop('dist', 'scripts', 'checks', 'contract-documents.js'), '--check'] },
];

/** The tests, in the order in which they run: what vitest is told of each. */
export const SUITES = [
  { name: 'architecture', args: ['scripts/checks/architecture'] },
  { name: 'tests', args: ['--exclude=scripts/checks/architecture/**', '--exclude=tests/**'] },
  { name: 'faults, their model', args: ['tests/faults'] },
  // Each file starts a whole platform: one at a time.
  { name: 'end to end', args: ['tests/e2e', '--no-file-parallelism'] },
];

/** Journeys of the whole platform, each with its invariants: as `npm run demo` plays it, and with a service killed. */
export const JOURNEYS = [{ name: 'journey' }, { name: 'journey with campaigns killed', crash: 'campaigns' }];

/** The fault suite in its short form: faults of every kind at once, then every part that is broken on purpose. */
export const FAULTS = [{ name: 'faults', args: ['--short'] }];
