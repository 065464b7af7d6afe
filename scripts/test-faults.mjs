// npm run test:faults [-- --seed N | --seeds K] [--only kill,freeze,…] [--seconds S] [--break fence|inbox|order] [--short]:
// faults of every kind on servers of the suite's own, and a model of what must be true. See tests/faults/README.md.
import { run, runEnvironment } from './launch.mjs';
import { faultArguments } from './test/run-faults.mjs';
import { prepare } from './setup/prepare.mjs';

const prepared = await prepare({ purpose: 'test:faults' });
process.exitCode = await run(prepared, faultArguments(process.argv.slice(2)), await runEnvironment(prepared));
await prepared.stop();
