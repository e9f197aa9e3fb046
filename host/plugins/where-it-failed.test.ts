import { expect, it } from 'vitest';
import { whereItFailed } from './where-it-failed.js';

const failed = (...stack: readonly string[]): Error =>
  Object.assign(new TypeError('x is 1'), { stack: stack.join('\n') });

it('a mistake is told with the places in the plugin, without those of Node.js, packages and the runner', () => {
  const runner = new URL('./runner.js', import.meta.url).href;
  const error = failed(
    'TypeError: x is 1',
    '    at work (file:///home/anna/plugins/greet/work.js:3:9)',
    '    at file:///home/anna/plugins/greet/index.js:7:1',
    '    at map (file:///home/anna/plugins/node_modules/rxjs/map.js:1:1)',
    '    at new Promise (<anonymous>)',
    '    at async ModuleJob.run (node:internal/modules/esm/module_job:1:1)',
    `    at async load (${runner}:9:9)`,
  );
  expect(whereItFailed(error)).toBe(
    'TypeError: x is 1 at file:///home/anna/plugins/greet/work.js:3:9 at file:///home/anna/plugins/greet/index.js:7:1',
  );
});

it('what is no error, or has no place, is told as it is', () => {
  expect(whereItFailed('no bread')).toBe('no bread');
  expect(whereItFailed(failed('TypeError: x is 1'))).toBe('TypeError: x is 1');
});
