import type { Command, Response } from '../card/apdu.js';
import { joined } from '../card/bytes.js';
import { encodeTlv, findTlv, scanTlv, type Tlv } from '../card/tlv.js';
import type { ChipFiles } from './chip-files.js';
import type { ChipImage, ChipKey } from './chip-image.js';
import type { ChipPins } from './chip-pins.js';
import { ecAgree } from './ec-key.js';
import { decryptWith, expectedInput, signWith, suits } from './key-use.js';
import type { Mechanism } from './mechanism.js';
import { answer, word } from './reply.js';
import { status } from './status.js';

interface Environment {
  readonly key: ChipKey;
  readonly mechanism: Mechanism;
}

const signature = 0xb6;
const confidentiality = 0xb8;
const authentication = 0xa4;

/** What MANAGE SECURITY ENVIRONMENT sets and PERFORM SECURITY OPERATION uses (ISO 7816-8; cards.md §1.8, §1.9, §2.6). */
export class ChipSecurity {
  readonly #image: ChipImage;
  readonly #pins: ChipPins;
  readonly #files: ChipFiles;
  #environment = new Map<number, Environment>();
  #agreeing: ChipKey | undefined;
  #hash: Uint8Array | undefined;
  #firstHalf: Uint8Array | undefined;

  constructor(image: ChipImage, pins: ChipPins, files: ChipFiles) {
    this.#image = image;
    this.#pins = pins;
    this.#files = files;
  }

  reset(): void {
    this.#environment.clear();
    this.#agreeing = undefined;
    this.#hash = undefined;
    this.#firstHalf = undefined;
  }

  manage({ p1, p2, data = new Uint8Array() }: Command): Response {
    const { agreement } = this.#image.dialect;
    if (p1 === 0x41 && agreement === 'general-authenticate' && p2 === authentication) return this.#agreeWith(data);
    if (p1 === 0x41 && agreement === 'pso-decipher' && p2 === confidentiality && data[0] !== 0x80) {
      return this.#agreeWith(data);
    }
    if (p1 !== 0x41 || (p2 !== signature && p2 !== confidentiality)) return word(status.badParameters);
    const { objects, broken } = scanControl(data);
    const { keyTag, mechanisms } = this.#image.dialect;
    const algorithm = findTlv(objects, 0x80);
    const reference = findTlv(objects, keyTag);
    if (broken || algorithm?.length !== 1 || !reference) return word(status.badData);
    const key = this.#image.keys.find((one) => one.reference === number(reference));
    if (!key || (key.directory !== undefined && this.#files.directory.id !== key.directory)) {
      return word(status.referenceUnknown);
    }
    const mechanism = mechanisms[p2 === signature ? 'sign' : 'decrypt'].get(number(algorithm));
    if (!mechanism || !suits(key.key, mechanism)) return word(status.badData);
    if (p2 === confidentiality && !key.decrypts) return word(status.conditions);
    this.#hash = undefined;
    this.#firstHalf = undefined;
    this.#agreeing = undefined;
    this.#environment.set(p2, { key, mechanism });
    return word(status.done);
  }

  /** GENERAL AUTHENTICATE: `7C { 85 point }`, answered alike (OpenSC `card-myeid.c`). */
  authenticate({ p1, p2, data = new Uint8Array() }: Command): Response {
    const template = findTlv(scanControl(data).objects, 0x7c);
    const point = template && findTlv(scanControl(template).objects, 0x85);
    if (p1 !== 0 || p2 !== 0 || this.#image.dialect.agreement !== 'general-authenticate') {
      return word(status.insUnknown);
    }
    const secret = this.#secret(point ?? new Uint8Array());
    return secret instanceof Uint8Array ? answer(encodeTlv(0x7c, encodeTlv(0x85, secret))) : secret;
  }

  /** Chooses the EC key for a shared secret: named alone, or with an algorithm. */
  #agreeWith(data: Uint8Array): Response {
    const reference = findTlv(scanControl(data).objects, this.#image.dialect.keyTag);
    const key = reference && this.#image.keys.find((one) => one.reference === number(reference));
    if (!key) return word(status.referenceUnknown);
    if (key.key.kind !== 'ec' || !key.decrypts) return word(status.conditions);
    this.#agreeing = key;
    return word(status.done);
  }

  #secret(point: Uint8Array): Uint8Array | Response {
    const key = this.#agreeing;
    if (key?.key.kind !== 'ec') return word(status.conditions);
    if (!this.#pins.verified(key.pin)) return word(status.noPinVerified);
    const secret = ecAgree(key.key, point);
    if (!secret) return word(status.badData);
    this.#used(key);
    return secret;
  }

  perform(command: Command): Response {
    const operation = (command.p1 << 8) | command.p2;
    const data = command.data ?? new Uint8Array();
    if (operation === 0x90a0 && this.#image.dialect.input === 'loaded') return this.#load(data);
    if (operation === 0x9e9a) return this.#sign(data);
    if (operation === 0x8086) return this.#decrypt(data);
    return word(status.badParameters);
  }

  /** PSO:HASH with a digest made outside: `90 n digest`. */
  #load(data: Uint8Array): Response {
    const environment = this.#environment.get(signature);
    if (!environment) return word(status.conditions);
    const { objects, broken } = scanControl(data);
    const digest = findTlv(objects, 0x90);
    if (broken || !digest || digest.length !== expectedInput(environment.mechanism)) return word(status.badData);
    this.#hash = digest.slice();
    return word(status.done);
  }

  #sign(inline: Uint8Array): Response {
    const environment = this.#environment.get(signature);
    if (!environment) return word(status.conditions);
    const { key, mechanism } = environment;
    const input = this.#image.dialect.input === 'inline' ? inline : this.#hash;
    const misplaced = this.#image.dialect.input === 'loaded' && inline.length > 0;
    if (!input || misplaced) return word(status.conditions);
    if (!this.#pins.verified(key.pin)) return word(status.noPinVerified);
    const expected = this.#image.dialect.input === 'inline' ? expectedInput(mechanism) : undefined;
    if (expected !== undefined && input.length !== expected) return word(status.wrongLength);
    const value = signWith(key.key, mechanism, input, this.#image.dialect.ecdsa);
    if (!value) return word(status.badData);
    this.#hash = undefined;
    this.#used(key);
    return answer(value);
  }

  /** `81` or `00` and the whole cryptogram; or its first half behind `81`, then the second behind `82` (MyEID before 4.5). */
  #decrypt(data: Uint8Array): Response {
    if (this.#agreeing && data[0] === 0x00) {
      const secret = this.#secret(data.slice(1));
      return secret instanceof Uint8Array ? answer(secret) : secret;
    }
    const environment = this.#environment.get(confidentiality);
    if (!environment) return word(status.conditions);
    const { key, mechanism } = environment;
    if (!this.#pins.verified(key.pin)) return word(status.noPinVerified);
    const length = key.key.length;
    if (data[0] === 0x81 && data.length === length / 2 + 1) {
      this.#firstHalf = data.slice(1);
      return word(status.done);
    }
    const cryptogram = data[0] === 0x82 && this.#firstHalf ? joined([this.#firstHalf, data.slice(1)]) : data.slice(1);
    this.#firstHalf = undefined;
    if (cryptogram.length !== length) return word(status.wrongLength);
    const plain = decryptWith(key.key, mechanism, cryptogram);
    if (!plain) return word(status.badData);
    this.#used(key);
    return answer(plain);
  }

  #used(key: ChipKey): void {
    if (key.consent) this.#pins.drop(key.pin);
  }
}

// Inside these templates every byte counts: a zero byte is no filling.
function scanControl(data: Uint8Array): { objects: readonly Tlv[]; broken: boolean } {
  const { objects, broken } = scanTlv(data);
  const length = objects.reduce((sum, { value }) => sum + 2 + value.length, 0);
  return { objects, broken: broken || length !== data.length };
}

function number(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
