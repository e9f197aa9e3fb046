import type { Command, Response } from '../card/apdu.js';
import { getData, getPinAttributes } from './chip-data.js';
import { challenge } from './challenge.js';
import { ChipFiles } from './chip-files.js';
import type { CardFile, ChipImage, PinState } from './chip-image.js';
import { ChipPins } from './chip-pins.js';
import { ChipSecurity } from './chip-security.js';
import { fullControl, lengthControl } from './file-control.js';
import { answer, word } from './reply.js';
import { status } from './status.js';

/** The commands of a card, whole and unchained: what each does to the files, the PINs and the keys of one chip. */
export class Chip {
  readonly #image: ChipImage;
  readonly #pins: ChipPins;
  readonly #files: ChipFiles;
  readonly #security: ChipSecurity;
  #challenges = 0;

  constructor(image: ChipImage, states: ReadonlyMap<number, PinState>) {
    this.#image = image;
    this.#pins = new ChipPins(image.dialect, image.pins, states);
    this.#files = new ChipFiles(image);
    this.#security = new ChipSecurity(image, this.#pins, this.#files);
  }

  get pins(): Pick<ChipPins, 'states' | 'evaluated' | 'verified'> {
    return this.#pins;
  }

  /** Forgets what was selected, verified and prepared. */
  reset(): void {
    this.#files.reset();
    this.#pins.drop();
    this.#security.reset();
  }

  process(command: Command): Response {
    const dataObject = command.ins === 0xca;
    if (command.cla !== 0x00 && !(command.cla === 0x80 && dataObject)) return word(status.claUnknown);
    switch (command.ins) {
      case 0xa4:
        return this.#select(command);
      case 0xb0:
        return this.#read(command);
      case 0x20:
      case 0x24:
      case 0x2c:
        return this.#present(command);
      case 0x22:
        return this.#security.manage(command);
      case 0x2a:
        return this.#security.perform(command);
      case 0x86:
        return this.#security.authenticate(command);
      case 0xca:
        return getData(command, this.#image.dialect);
      case 0xcb:
        return getPinAttributes(command, this.#image.dialect, this.#pins, this.#files);
      case 0x2e:
        return this.#logout();
      case 0x84:
        return answer(challenge(this.#challenges++, command.le || 256));
      default:
        return word(status.insUnknown);
    }
  }

  #select({ p1, p2, data = new Uint8Array() }: Command): Response {
    if (![0x00, 0x04, 0x0c].includes(p2)) return word(status.badParameters);
    const found = this.#find(p1, data);
    if (typeof found === 'number') return word(found);
    if (!found) return word(status.fileUnknown);
    if (p2 === 0x0c) return word(status.done);
    return answer(this.#image.dialect.fileControl === 'full' ? fullControl(found) : lengthControl(found));
  }

  #find(p1: number, data: Uint8Array): CardFile | number | undefined {
    if (p1 === 0x04) {
      const found = this.#files.selectByName(data);
      if (found && this.#image.dialect.dropOnSelect) this.#pins.drop();
      return found;
    }
    if (p1 === 0x03) return this.#files.selectParent();
    const path = Array.from(
      { length: data.length >> 1 },
      (_none, at) => ((data[2 * at] ?? 0) << 8) | (data[2 * at + 1] ?? 0),
    );
    if (data.length % 2 !== 0) return status.wrongLength;
    if (p1 === 0x08 || p1 === 0x09) return this.#files.selectByPath(path, p1 === 0x08 ? 'root' : 'current');
    if (p1 > 0x02) return status.badParameters;
    if (path.length > 1) return status.wrongLength;
    return this.#files.selectById(path[0], ([undefined, 'df', 'ef'] as const)[p1]);
  }

  #read({ p1, p2, le = 0 }: Command): Response {
    const file = this.#files.file;
    if (p1 > 0x7f) return word(status.badParameters);
    if (!file) return word(status.noCurrentFile);
    const offset = (p1 << 8) | p2;
    if (offset >= file.content.length) return word(status.offset);
    return answer(file.content.slice(offset, offset + Math.min(le || 256, this.#image.dialect.readSize)));
  }

  /** VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER. */
  #present({ ins, p1, p2, data = new Uint8Array() }: Command): Response {
    const newAlone = ins === 0x2c && this.#image.dialect.unblock === 'verify-puk-first';
    if (p1 !== (newAlone ? 0x02 : 0x00)) return word(status.badParameters);
    const found = this.#pins.find(p2, this.#files.insideApplication);
    if (!found) return word(status.referenceUnknown);
    if (ins === 0x20) return word(data.length === 0 ? this.#pins.probe(found.pin) : this.#pins.verify(found.pin, data));
    if (data.length === 0) return word(status.wrongLength);
    return word(ins === 0x24 ? this.#pins.change(found.pin, data) : this.#pins.unblock(found.pin, data));
  }

  #logout(): Response {
    if (!this.#image.dialect.logout) return word(status.insUnknown);
    this.#pins.drop();
    return word(status.done);
  }
}
