// `npm test`: everything. Prepares the system parts, builds, runs every suite, and ends with one line of totals.
// Where only parts of core, host and plugins are named, nothing of the system is prepared: their tests need Node.js alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);

const named = wanted.filter((word) => !word.startsWith('-'));
const besideSources = named.length > 0 && named.every((path) => /^(core|host|plugins)\b/.test(path));
if (!besideSources) run('test/system/setup.mjs');
run('node_modules/typescript/bin/tsc', '-b', '.', 'test', 'test/e2e-window');
run('bundle.mjs');
run('keep-compiled.mjs');

const folder = mkdtempSync(join(tmpdir(), 'sigill-test-'));
const report = join(folder, 'report.json');
const vitest = start('node_modules/vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...wanted,
]);
const totals = count(report);
rmSync(folder, { recursive: true, force: true });

console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = vitest === 0 && totals.failed === 0 && totals.passed > 0 ? 0 : 1;

function run(script, ...args) {
  const status = start(script, args);
  if (status !== 0) process.exit(status);
}

function start(script, args) {
  const ended = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  return ended.status ?? 1;
}

function count(path) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  // A file that does not even load has no test in it, and is a failure all the same.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
}
