// npm start: the platform, until it is stopped by Ctrl-C.
import { launch } from './launch.mjs';

process.exitCode = await launch('start', 'dist/scripts/start-platform.js');
