#!/usr/bin/env node
// Before anything else: without a listener, SIGUSR1 from any process of this user opens Node's inspector in here.
process.on('SIGUSR1', () => {});

const { run } = await import('../dist/cli/run.js');
await run();
