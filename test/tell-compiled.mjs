// Loaded before a program: tells at its end of each chunk whether V8 took what the build had kept of compiling it.
import { basename } from 'node:path';
import { scripts } from '../host/dist/start/program.js';

process.on('exit', () => {
  for (const [chunk, { cachedDataRejected }] of scripts)
    console.error(`${cachedDataRejected === false ? 'taken' : 'compiled'} ${basename(chunk)}`);
});
