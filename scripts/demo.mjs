// npm run demo [-- --leads FILE] [--processes] [--keep] [--json FILE] [--crash SERVICE]
import { launch } from './launch.mjs';

process.exitCode = await launch('demo', 'dist/scripts/demo/main.js');
