// A host that asks for one PIN, on the PIN page or at the other end of a socket, and presents it to a card that is not in this process's memory: of the right digits it
// knows only a digest. Told `go`, the card answers.
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { Failure } from '@sigill/core';
import { openChannel } from '@sigill/core/card';
import { NEVER } from 'rxjs';
import { PinBroker } from '../../host/dist/pin/broker.js';
import { Caller } from '../../host/dist/reach/caller.js';
import { PinPagePrompt } from '../../host/dist/window/pin-page/pin-page-prompt.js';

const pin = { id: 'PIN1', role: 'basic', label: 'basic code (PIN1)', minLength: 4, maxLength: 8, triesMax: 5 };
const profile = {
  id: 'fake',
  label: 'Fake card',
  match: [],
  application: 'A0',
  pins: [{ ...pin, reference: 0x11, format: { blockLength: 12, pad: 0 }, probe: 'get-data' }],
  certificates: [],
  keys: [],
  caCertificates: [],
  signing: { input: 'pso-hash', algorithms: {}, ecdsa: 'raw', fillDigest: false },
  activation: [],
  drop: 'select-application',
};
const card = {
  id: 'card-1',
  reader: 'Fake reader',
  profile: 'fake',
  label: 'Fake card',
  atr: '3b00',
  pins: [{ ...pin, state: 'ok', triesLeft: 5 }],
  certificates: [],
  notes: [],
};

const told = (line) => new Promise((resolve) => process.on('message', (each) => each === line && resolve()));

async function transmit(apdu) {
  // FINEID S1 v4.2 §3.15: five tries left.
  if (apdu[1] === 0xcb)
    return Uint8Array.of(0xa0, 0x0e, 0x83, 1, 0x11, 0xdf, 0x21, 4, 5, 0xff, 0xa5, 3, 0xdf, 0x2f, 1, 1, 0x90, 0);
  if (apdu[1] !== 0x20) return Uint8Array.of(0x90, 0);
  const right = createHash('sha256').update(apdu.subarray(5)).digest('hex') === process.env['SIGILL_TEST_DIGEST'];
  // The heap is tidied while the digits are in it, so that whatever would be left behind by that is.
  for (let round = 0; round < 4; round += 1) globalThis.gc({ type: 'minor' });
  process.send('presenting');
  await told('go');
  globalThis.gc();
  return right ? Uint8Array.of(0x90, 0) : Uint8Array.of(0x63, 0xc4);
}

const control = () => Promise.reject(new Failure('reader-error', { reader: card.reader, why: 'no keypad' }));
const session = { card, profile, channel: openChannel(transmit, 'T=1'), control, presenting: () => {} };
const cards = {
  readers: NEVER,
  events: NEVER,
  card: () => card,
  control,
  profileOf: () => profile,
  use: (_card, use) => use(session),
  details: () => Promise.reject(new Error()),
};
const quiet = () => {};
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const opener = { open: (address) => void process.send(address) };

/** The prompt of the first command that comes to the socket. */
const socketPrompt = (path) =>
  new Promise((resolve) => {
    const host = { log, cards, plugins: {}, asking: (prompt) => void resolve(prompt) };
    createServer((socket) => new Caller(socket, host, { language: 'en', onReader: false })).listen(path, () =>
      process.send('listening'),
    );
  });
const path = process.env['SIGILL_TEST_SOCKET'];
const prompt = path ? await socketPrompt(path) : new PinPagePrompt({ opener, log, language: () => 'en' });
const broker = new PinBroker(cards, prompt, log);
const { state } = await broker.for('A program').verify({ card: 'card-1', pin: 'PIN1' });
process.send(state);
await told('end');
