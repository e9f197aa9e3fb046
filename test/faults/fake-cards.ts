import type { Activation, Card, CardId, CardDetails, Pin, PinId } from '@sigill/core';
import { Failure } from '@sigill/core';
import {
  type CardProfile,
  type Channel,
  openChannel,
  parseCommand,
  probePin,
  type ProfilePin,
} from '@sigill/core/card';
import type { CardAccess, CardSession } from '../../host/cards/card-access.js';
import { NEVER } from 'rxjs';

/** One PIN inside the fake chip. */
export interface FakePin {
  value: string;
  tries: number;
  set: boolean;
}

/** What happens instead of, or after, the n-th command (from 0) of a use. */
export type Hook = (apdu: Uint8Array, run: () => Uint8Array) => Uint8Array;

const references: Readonly<Record<PinId, number>> = { PIN1: 0x11, PIN2: 0x82, PIN3: 0x84, PIN4: 0x85, PUK: 0x83 };
const format = { blockLength: 12, pad: 0 };

const profilePin = (id: PinId, minLength: number, maxLength: number): ProfilePin => ({
  id,
  role: id === 'PUK' ? 'puk' : id === 'PIN1' ? 'basic' : 'signature',
  label: id,
  reference: references[id],
  minLength,
  maxLength,
  triesMax: 5,
  format,
  probe: 'get-data',
});

/** A padded card with PIN1, PIN2 and a PUK, unblocked in one command. */
export const fakeProfile: CardProfile = {
  id: 'fake',
  label: 'Fake card',
  match: [],
  application: 'A0',
  pins: [profilePin('PIN1', 4, 8), profilePin('PIN2', 6, 8)],
  puk: profilePin('PUK', 8, 8),
  unblock: 'puk-and-new',
  certificates: [],
  keys: [{ id: '45', pin: 'PIN1', tag: '84', reference: '01', usage: ['digitalSignature'], userConsent: false }],
  caCertificates: [],
  signing: { input: 'pso-hash', algorithms: { 'ECDSA-SHA384': '54' }, ecdsa: 'raw', fillDigest: false },
  activation: [],
  drop: 'select-application',
};

/** One fake card and the access to it: small enough to be read at a glance, so that a test of the broker rests on nothing else. */
export class FakeCards implements CardAccess {
  readonly readers = NEVER;
  readonly events = NEVER;
  readonly pins: Record<'PIN1' | 'PIN2' | 'PUK', FakePin> = {
    PIN1: { value: '1234', tries: 5, set: true },
    PIN2: { value: '123456', tries: 5, set: true },
    PUK: { value: '12345678', tries: 5, set: true },
  };
  readonly #base: CardProfile;
  readonly id = 'card-1' as CardId;
  /** Header of every command that reached the chip, in hex; no bodies. */
  readonly seen: string[] = [];
  /** Presentations that the chip has compared with its own value. */
  evaluated = 0;
  wrong = 0;
  scheme: Activation['scheme'] | undefined;
  present = true;
  /** The PIN is wanted for each signature. */
  eachTime = false;
  hook: Hook = (_apdu, run) => run();
  /** The arrays that the channel was given, to see whether they were wiped. */
  readonly sent: Uint8Array[] = [];
  #card: Card | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(profile: CardProfile = fakeProfile) {
    this.#base = profile;
  }

  /** The profile as it is for this very card: each PIN knows the scheme that it is activated by. */
  get profile(): CardProfile {
    const { scheme } = this;
    return scheme === undefined
      ? this.#base
      : { ...this.#base, pins: this.#base.pins.map((pin) => ({ ...pin, scheme })) };
  }

  use<T>(_card: CardId, use: (session: CardSession) => Promise<T>): Promise<T> {
    const run = this.#turn.then(async () => {
      if (!this.present) throw new Failure('card-removed', { reader: 'Fake reader' });
      const card = await this.read();
      try {
        return await use({
          card,
          profile: this.profile,
          channel: this.channel(),
          wanted: new AbortController().signal,
          control: this.control,
          presenting: () => undefined,
        });
      } finally {
        this.#card = this.present ? await this.read().catch(() => this.#card) : undefined;
      }
    });
    this.#turn = run.catch(() => undefined);
    return run;
  }

  control(): Promise<Uint8Array> {
    return Promise.reject(new Failure('reader-error', { reader: 'Fake reader', why: 'no keypad' }));
  }

  stored(): undefined {}

  profileOf(): CardProfile {
    return this.profile;
  }

  card(_id: CardId): Card {
    if (this.#card === undefined || !this.present) throw new Failure('card-removed', { reader: 'Fake reader' });
    return this.#card;
  }

  details(): Promise<CardDetails> {
    return Promise.reject(new Error('not here'));
  }

  certificate(): Promise<Uint8Array> {
    return Promise.reject(new Error('not here'));
  }

  /** Reads the public state as the service would at insertion, past the hook. */
  async read(): Promise<Card> {
    const quiet = openChannel(async (apdu) => this.#execute(apdu), 'T=1');
    const pins = await Promise.all(this.profile.pins.map((pin) => this.#pin(quiet, pin)));
    const missing = pins.filter(({ state }) => state === 'not-set').map(({ id }) => id);
    const activation = this.scheme && {
      activation: {
        scheme: this.scheme,
        codeMinLength: this.scheme === 'B' ? 7 : 8,
        codeMaxLength: this.scheme === 'B' ? 7 : 8,
        missing,
      },
    };
    const puk = this.profile.puk && { puk: await this.#pin(quiet, this.profile.puk) };
    this.#card = {
      id: this.id,
      reader: 'Fake reader',
      profile: this.profile.id,
      label: 'Fake card',
      serial: '4600 0000',
      atr: '3b00',
      pins,
      ...puk,
      certificates: [this.eachTime ? { ...certificate, key: { ...certificate.key, eachTime: true } } : certificate],
      ...(missing.length > 0 ? activation : {}),
      notes: [],
    };
    return this.#card;
  }

  channel(): Channel {
    return openChannel(async (apdu) => {
      this.seen.push(Buffer.from(apdu.subarray(0, 4)).toString('hex'));
      this.sent.push(apdu);
      return this.hook(apdu, () => this.#execute(apdu));
    }, 'T=1');
  }

  async #pin(channel: Channel, pin: ProfilePin): Promise<Pin> {
    const { id, role, label, minLength, maxLength } = pin;
    const { known: _known, changed: _changed, ...state } = await probePin(channel, pin);
    return { id, role, label, minLength, maxLength, ...state };
  }

  #execute(apdu: Uint8Array): Uint8Array {
    const { ins, p2, data } = parseCommand(apdu);
    const id = find(ins === 0xcb ? (data?.[4] ?? 0) : p2);
    if (id !== undefined && ins === 0xcb) return this.#attributes(id);
    if (ins === 0x22 || ins === 0x2a)
      return ins === 0x2a && p2 === 0x9a ? Uint8Array.of(...new Uint8Array(96).fill(1), 0x90, 0) : status(0x9000);
    if (id === undefined) return status(0x6a88);
    const blocks = data && [...data].map((byte) => (byte === 0 ? '' : String.fromCharCode(byte)));
    const block = (at: number): string => blocks?.slice(12 * at, 12 * at + 12).join('') ?? '';
    if (ins === 0x20 && data === undefined) return status(this.#state(id));
    if (ins === 0x20) return status(this.#compare(id, block(0)));
    if (ins === 0x24) return status(this.#set(this.#compare(id, block(0)), id, block(1)));
    if (ins === 0x2c) return status(this.#set(this.#compare('PUK', block(0)), id, block(1)));
    return status(0x6d00);
  }

  /** FINEID S1 v4.2 §3.15: tries left and whether the PIN was ever changed. */
  #attributes(id: keyof FakeCards['pins']): Uint8Array {
    const { tries, set } = this.pins[id];
    return Uint8Array.of(
      ...[0xa0, 0x0e, 0x83, 0x01, references[id], 0xdf, 0x21, 0x04, tries, 0xff, 0xa5, 0x03],
      ...[0xdf, 0x2f, 0x01, set ? 1 : 0, 0x90, 0x00],
    );
  }

  #state(id: keyof FakeCards['pins']): number {
    const { tries, set } = this.pins[id];
    if (!set && this.scheme !== 'B') return 0x6984;
    return tries === 0 ? 0x6983 : 0x63c0 | tries;
  }

  #compare(id: keyof FakeCards['pins'], value: string): number {
    const pin = this.pins[id];
    if (pin.tries === 0) return 0x6983;
    this.evaluated += 1;
    if (pin.value === value) {
      pin.tries = 5;
      return 0x9000;
    }
    this.wrong += 1;
    pin.tries -= 1;
    return 0x63c0 | pin.tries;
  }

  #set(verdict: number, id: keyof FakeCards['pins'], value: string): number {
    if (verdict === 0x9000) Object.assign(this.pins[id], { value, tries: 5, set: true });
    return verdict;
  }
}

const find = (reference: number): 'PIN1' | 'PIN2' | 'PUK' | undefined =>
  (['PIN1', 'PIN2', 'PUK'] as const).find((each) => references[each] === reference);

const status = (word: number): Uint8Array => Uint8Array.of(word >> 8, word & 0xff);

const certificate: Card['certificates'][number] = {
  id: '45',
  label: 'Certificate',
  subject: 'CN=A',
  issuer: 'CN=CA',
  serialNumber: '01',
  notBefore: '2020-01-01T00:00:00Z',
  notAfter: '2099-01-01T00:00:00Z',
  usage: ['digitalSignature'],
  email: [],
  sha256: 'aa',
  key: { algorithm: 'EC', size: 384, curve: 'P-384', pin: 'PIN1' },
};
