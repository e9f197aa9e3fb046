// The host as it stands when a person has put a card in and does nothing: says so, and stays until its input ends.
// The card is a recording (`argv[2]`, JSON), so that no simulator is counted in.
import { readFileSync } from 'node:fs';
import { BehaviorSubject } from 'rxjs';
import { onStage, reader } from './stage.mjs';

const { atr, exchanges } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const left = [...exchanges];
const service = new BehaviorSubject({ available: true, readers: [{ name: reader, insertion: 1, atr: bytes(atr) }] });
const nothing = async () => {};
const connection = {
  protocol: 'T=0',
  atr: bytes(atr),
  async transmit(apdu) {
    const next = left.shift();
    const command = Buffer.from(apdu).toString('hex');
    if (next?.command !== command) throw new Error(`The recording has ${next?.command}, not ${command}`);
    return bytes(next.response);
  },
  begin: nothing,
  end: nothing,
  reconnect: nothing,
  control: nothing,
  disconnect: nothing,
};
const recorded = { service, connect: async () => connection, close: nothing };

await onStage(async ({ host, settled }) => {
  host.plugins.start();
  const { state } = await settled();
  process.stdout.write(`${state}\n`);
  await new Promise((resolve) => process.stdin.once('end', resolve).resume());
}, recorded);
