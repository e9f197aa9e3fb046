const pinCommands: readonly number[] = [0x20, 0x24, 0x2c];

/** True for a command that carries a secret: VERIFY, CHANGE REFERENCE DATA or RESET RETRY COUNTER with a body. */
export function presents(apdu: Uint8Array): boolean {
  return pinCommands.includes(apdu[1] ?? 0) && apdu.length > 5;
}
