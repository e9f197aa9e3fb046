// Works on a document in a process of its own, so that it can be killed, or run where the disk is small. Arguments: root, path, mode.
import { DocumentStore } from '../../host/dist/documents/document-store.js';
import { writeFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';

const [root, path, mode] = process.argv.slice(2);
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const log = { debug() {}, info() {}, warn() {}, error() {} };
const journal = {
  ready() {},
  write() {
    if (mode !== 'die') return;
    say(readdirSync(dirname(path)));
    process.kill(process.pid, 'SIGKILL');
  },
};
const store = new DocumentStore({
  state: `${root}/state`,
  runtime: `${root}/runtime`,
  documents: () => root,
  journal,
  log,
});
const outcome = (doing) =>
  doing.then(
    () => 'done',
    ({ code, facts }) => ({ code, ...facts }),
  );
const documents = store.for('p');
const id = await store.scope('p').open(path);
const said = {};
let draft;
said.draft = await outcome(documents.draft(id).then((made) => (draft = made)));
if (draft) {
  await documents.append(draft, Buffer.alloc(100_000, 'x'));
  if (mode === 'begun') store.begin('p', draft);
  // Another program takes the room that was there.
  if (mode !== 'plain' && mode !== 'die') writeFileSync(`${dirname(path)}/other`, Buffer.alloc(1_800_000));
  said.deliver = await outcome(documents.deliver({ draft, suffix: 'signed' }));
}
said.names = readdirSync(dirname(path)).sort();
say(said);
store.dispose();
