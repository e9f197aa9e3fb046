import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { Failure, inLanguage, isFailure, type PinId, type SignatureAlgorithm } from '@sigill/core';
import { firstValueFrom, timeout } from 'rxjs';
import { readCertificate } from '../../cards/read-certificate.js';
import { dots } from '../view/dots.js';
import type { Typed } from './demo-person.js';
import type { Stage } from './stage.js';

/** One thing that was to be seen: `key` of the line that tells it, and whether it was. */
export interface Seen {
  readonly key: string;
  readonly held: boolean;
  readonly values?: Readonly<Record<string, string | number>>;
}

const codes = { activation: '12345678', basic: '2580', signature: '147258', changed: '9631', last: '7410' } as const;
const wrong = ['1111', '2222', '3333', '4444', '5555'] as const;
const algorithm: SignatureAlgorithm = 'ECDSA-SHA384';

/** Milliseconds within which a plugin starts, even on a slow computer. */
const patience = 60_000;

/** Plays the whole life of a card; each step is told when it is over. */
export async function* play(stage: Stage): AsyncGenerator<Seen> {
  const { host } = stage;
  // Whom the demo is played with must be there; otherwise it would wait for them.
  for (const id of ['activation.activate', 'pin.verify']) {
    if (host.plugins.commandOwner(id) === undefined) throw new Failure('command-unknown', { command: id });
  }
  const offer = firstValueFrom(host.plugins.offers.pipe(timeout(patience)));
  offer.catch(() => {});
  host.plugins.start();
  stage.insert();
  const { activation } = await stage.card();
  const isNew = activation?.missing.join() === 'PIN1,PIN2';
  yield { key: 'demo.inserted', held: isNew };
  if (!isNew) return;

  const { command, args } = await offer;
  const card = (await stage.card()).id;
  const offered = command === 'activation.activate' && args['card'] === card;
  yield { key: 'demo.offered', held: offered, values: { command: titleOf(stage, command) } };

  stage.person.will({ code: codes.activation, 'new:PIN1': codes.basic, 'new:PIN2': codes.signature });
  await host.plugins.run(command, args);
  yield { key: 'demo.activated', held: (await stage.card()).pins.every(({ state }) => state === 'ok') };

  await attempt(stage, 'change', { current: codes.basic, new: codes.changed });
  const old = await attempt(stage, 'verify', { current: codes.basic });
  const changed = await attempt(stage, 'verify', { current: codes.changed });
  yield { key: 'demo.changed', held: old === 'pin-wrong' && changed === 'done' };

  const refused = await attempt(stage, 'verify', { current: wrong[0] });
  const counter = await pinOf(stage, 'PIN1');
  const counted = refused === 'pin-wrong' && counter.triesLeft === 4;
  yield { key: 'demo.wrong', held: counted, values: { dots: dots(counter) } };

  for (const digits of wrong.slice(1)) await attempt(stage, 'verify', { current: digits });
  const locked = await pinOf(stage, 'PIN1');
  yield { key: 'demo.locked', held: locked.state === 'locked', values: { dots: dots(locked) } };

  await attempt(stage, 'unlock', { puk: codes.activation, new: codes.last });
  const open = await pinOf(stage, 'PIN1');
  const unlocked = open.state === 'ok' && (await attempt(stage, 'verify', { current: codes.last })) === 'done';
  yield { key: 'demo.unlocked', held: unlocked, values: { dots: dots(open) } };

  yield* signature(stage);
  yield { key: 'demo.secret', held: stage.person.asked > 10 && silent(stage) };
}

function titleOf({ host, language }: Stage, command: string): string {
  const { commands = [] } = host.plugins.commandOwner(command)?.manifest.contributes ?? {};
  const title = commands.find(({ id }) => id === command)?.title;
  return title === undefined ? command : inLanguage(title, language);
}

/** One command of the plugin `pin` on PIN1: `done`, or the code of its failure. */
async function attempt({ host, person, card }: Stage, operation: string, typed: Typed): Promise<string> {
  person.will(typed);
  try {
    await host.plugins.run(`pin.${operation}`, { card: (await card()).id, pin: 'PIN1' });
    return 'done';
  } catch (error) {
    if (isFailure(error)) return error.code;
    throw error;
  }
}

async function* signature({ host, person, card }: Stage): AsyncGenerator<Seen> {
  const now = await card();
  const key = now.certificates.find((certificate) => certificate.key.pin === 'PIN2')?.id ?? '';
  const document = Buffer.from('Sigill');
  person.will({ current: codes.signature });
  const digest = createHash('sha384').update(document).digest();
  const { value } = await host.signing.sign({ card: now.id, key, algorithm, digest });
  const { publicKey } = new X509Certificate(await readCertificate(host.cards, now, key));
  const spki = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
  const holds = (data: Buffer): boolean => verify('sha384', data, spki, value);
  yield { key: 'demo.signed', held: holds(document), values: { algorithm } };
  yield { key: 'demo.forged', held: !holds(Buffer.from('Sigil!')) };
}

/** True when no code that was typed stands in a log line or in a traced APDU. */
function silent({ logged, traced }: Stage): boolean {
  const typed = [...Object.values(codes), ...wrong];
  const hex = typed.map((digits) => Buffer.from(digits).toString('hex'));
  const told = logged.some((line) => [...typed, ...hex].some((form) => line.includes(form)));
  return (
    logged.length > 0 && traced.length > 0 && !told && !traced.some((line) => hex.some((form) => line.includes(form)))
  );
}

async function pinOf({ card }: Stage, id: PinId) {
  const pin = (await card()).pins.find((one) => one.id === id);
  if (pin === undefined) throw new Error(`The simulated card has no ${id}`);
  return pin;
}
