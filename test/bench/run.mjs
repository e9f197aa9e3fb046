// `npm run bench`: one JSON line for each measurement, then on standard error what missed its budget.
// Only counts decide the exit code; times and memory are told, never judged.
import { apdus } from './apdus.mjs';
import { events } from './events.mjs';
import { pdf } from './pdf.mjs';
import { pkcs11 } from './pkcs11.mjs';
import { processes } from './processes.mjs';
import { told } from './tell.mjs';
import { times } from './times.mjs';
import { window } from './window.mjs';

await apdus();
await times();
await events();
await processes();
await pdf();
await window();
await pkcs11();

const missed = told.filter(({ ok }) => ok === false);
for (const { name, value, unit, budget } of missed)
  console.error(`over budget: ${name}: ${value} ${unit}, budget ${budget}`);
if (missed.length === 0) console.error(`all ${told.filter(({ ok }) => ok).length} budgets met`);
process.exitCode = missed.some(({ strict }) => strict) ? 1 : 0;
