// Applies or undoes a set-up and is killed at the step whose number it is given, as by a power cut. Ends with 0 when there is no such step.
import { readFileSync } from 'node:fs';
import { SetUp } from '../../host/dist/programs/set-up.js';

const [operation, home, folder, authority, at] = process.argv.slice(2);
let steps = 0;
const step = () => {
  if (steps++ === Number(at)) process.kill(process.pid, 'SIGKILL');
};
const setUp = new SetUp({
  home,
  environment: process.env,
  folder,
  certificate: async () => readFileSync(authority),
  step,
});
const programs = setUp.for(async () => undefined, new AbortController().signal);
if (operation === 'undo') await programs.undo();
else {
  const [thunderbird] = (await programs.profiles()).filter(({ program }) => program === 'thunderbird');
  const certificate = { card: 'card', id: '45' };
  await programs.apply({
    authorities: [{ ...certificate, trusted: true }],
    accounts: [{ profile: thunderbird.id, identity: 'id1', signing: certificate, encryption: certificate }],
  });
}
