#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { startProgram } from '../dist/start/program.js';

// Before anything else: without a listener, SIGUSR1 from any process of this user opens Node's inspector in here.
process.on('SIGUSR1', () => {});

// The space for new objects stays at its first size: it grows while modules are loaded, by 30 MiB that are never given back.
setFlagsFromString('--semi-space-growth-factor=1');

await startProgram('run.cjs', 'host').run();
