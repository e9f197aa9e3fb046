import { toHex } from '../card/bytes.js';

/** What the person does at the reader's keys: types values in the order asked, or something else. */
export type KeyPresses = readonly string[] | 'cancel' | 'timeout';

/** What the reader asks for. */
export interface KeypadQuestion {
  /** The command's header in hex, such as `00200011`. */
  readonly header: string;
  /** How many values, the same twice counted twice. */
  readonly values: number;
  readonly minLength: number;
  readonly maxLength: number;
}

type Transmit = (apdu: Uint8Array) => Promise<Uint8Array>;

const featureRequest: readonly number[] = [0x42000d48, 0x313520];
const verifyDirect = 0x42330006;
const modifyDirect = 0x42330007;
const word = (status: number): Uint8Array => Uint8Array.of(status >> 8, status & 0xff);

/** The keypad of a simulated reader (PC/SC part 10): the `control` of a `SimulatedReaderOptions`. The host never sees what is typed. */
export class SimulatedKeypad {
  readonly #press: (question: KeypadQuestion) => KeyPresses | Promise<KeyPresses>;
  /** Everything that was asked on it. */
  readonly asked: KeypadQuestion[] = [];

  constructor(press: (question: KeypadQuestion) => KeyPresses | Promise<KeyPresses>) {
    this.#press = press;
  }

  readonly control = async (code: number, data: Uint8Array, transmit: Transmit): Promise<Uint8Array> => {
    if (featureRequest.includes(code)) return features;
    const modifies = code === modifyDirect;
    const head = modifies ? 24 : 19;
    const command = data.slice(head);
    if ((!modifies && code !== verifyDirect) || !fits(data, head, command)) return word(0x6b80);
    const [most = 0, fewest = 0] = data.subarray(modifies ? 7 : 5);
    const current = !modifies || ((data[9] ?? 0) & 2) !== 0;
    const values = (current ? 1 : 0) + (modifies ? 2 : 0);
    const question = { header: toHex(command.subarray(0, 4)), values, minLength: fewest, maxLength: most };
    this.asked.push(question);
    const pressed = await this.#press(question);
    if (pressed === 'timeout') return word(0x6400);
    if (pressed === 'cancel') return word(0x6401);
    if (pressed.some(({ length }) => length < fewest || length > most)) return word(0x6403);
    if (modifies && pressed.at(-1) !== pressed.at(-2)) return word(0x6402);
    const places = modifies ? [...(current ? [data[5] ?? 0] : []), data[6] ?? 0] : [0];
    places.forEach((place, at) => type(command, 5 + place, pressed[at] ?? ''));
    return await transmit(command);
  };
}

const features = Uint8Array.of(0x06, 4, 0x42, 0x33, 0, 6, 0x07, 4, 0x42, 0x33, 0, 7);

/** The numbers of a block agree with each other, and the digits are ASCII from the left. */
function fits(data: Uint8Array, head: number, command: Uint8Array): boolean {
  const length = (data[head - 4] ?? 0) | ((data[head - 3] ?? 0) << 8);
  return data.length > head + 5 && length === command.length && command[4] === command.length - 5 && data[2] === 0x82;
}

function type(command: Uint8Array, at: number, digits: string): void {
  for (const [index, digit] of [...digits].entries()) command[at + index] = digit.charCodeAt(0);
}
