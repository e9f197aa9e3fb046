import type { PinFormat } from '@sigill/core/card';

/** `SCardControl` code of a PC/SC part 10 function (SCARD_CTL_CODE): Windows makes it of its own device type. */
export const controlCode = (number: number, platform: string = process.platform): number =>
  platform === 'win32' ? 0x310000 + number * 4 : 0x42000000 + number;

/** CM_IOCTL_GET_FEATURE_REQUEST: what the reader's keypad can do. */
export const featureRequest = controlCode(3400);

/** One PIN to be typed on a reader's keypad, and the command that it goes into. */
export interface KeypadPin {
  /** P2 of the command. */
  readonly reference: number;
  readonly format: PinFormat;
  readonly minLength: number;
  readonly maxLength: number;
  /** Windows language identifier for the reader's display, such as 0x040B for Finnish. */
  readonly language: number;
}

/** What a MODIFY_PIN block asks for. */
export type KeypadModification =
  /** CHANGE REFERENCE DATA: the present value, then the new one twice. */
  | 'change'
  /** RESET RETRY COUNTER: the PUK, then the new value twice. */
  | 'unblock'
  /** RESET RETRY COUNTER with P1=02: the new value twice. */
  | 'set-new';

const seconds = 30;
const validationKey = 0x02;
const defaultMessage = 0xff;

/**
 * PIN_VERIFY_STRUCTURE (PC/SC part 10 §2.5.2): 19 packed bytes and the command, numbers little-endian. The command holds
 * padding where the reader puts the digits. Throws for cards whose PIN is not a block: readers differ in writing Lc themselves.
 */
export function verifyBlock(pin: KeypadPin): Uint8Array {
  const block = paddedBlock(pin);
  const command = Uint8Array.of(0x00, 0x20, 0x00, pin.reference, block.length, ...block);
  return Uint8Array.of(
    ...[seconds, seconds, 0x82, block.length, 0x00],
    ...digitLimits(pin),
    ...[validationKey, defaultMessage],
    ...little(pin.language, 2),
    ...[0x00, 0x00, 0x00, 0x00],
    ...little(command.length, 4),
    ...command,
  );
}

/** PIN_MODIFY_STRUCTURE (PC/SC part 10 §2.5.3): 24 packed bytes and the command. Throws as `verifyBlock` does. */
export function modifyBlock(pin: KeypadPin, modification: KeypadModification): Uint8Array {
  const block = paddedBlock(pin);
  const alone = modification === 'set-new';
  const data = alone ? block : Uint8Array.of(...block, ...block);
  const ins = modification === 'change' ? 0x24 : 0x2c;
  const command = Uint8Array.of(0x00, ins, alone ? 0x02 : 0x00, pin.reference, data.length, ...data);
  return Uint8Array.of(
    ...[seconds, seconds, 0x82, block.length, 0x00],
    // Where the old and the new value begin in the command's data.
    ...[0x00, alone ? 0x00 : block.length],
    ...digitLimits(pin),
    // bConfirmPIN: 1 the new value twice, 2 the old value as well; then as many messages as questions.
    ...[alone ? 0x01 : 0x03, validationKey, alone ? 0x02 : 0x03],
    ...little(pin.language, 2),
    ...(alone ? [0x01, 0x02, 0x00] : [0x00, 0x01, 0x02]),
    ...[0x00, 0x00, 0x00],
    ...little(command.length, 4),
    ...command,
  );
}

function paddedBlock({ format }: KeypadPin): Uint8Array {
  // bmPINBlockString has four bits for the length.
  if (format.blockLength === undefined || format.blockLength > 15) {
    throw new RangeError('A keypad needs a PIN block of a fixed length');
  }
  return new Uint8Array(format.blockLength).fill(format.pad ?? 0xff);
}

/** wPINMaxExtraDigit: low byte the most, high byte the fewest digits. */
function digitLimits({ minLength, maxLength }: KeypadPin): readonly number[] {
  return little((minLength << 8) | maxLength, 2);
}

function little(value: number, length: number): readonly number[] {
  return Array.from({ length }, (_, at) => (value >>> (8 * at)) & 0xff);
}
