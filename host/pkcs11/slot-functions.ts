import { CKF, CKR, unavailable } from './constants.js';
import { type Functions, ulongsFor } from './function.js';
import { Refusal, require } from './refusal.js';
import type { Token } from './slots.js';
import { mechanismInfo, tokenMechanisms } from './token-mechanisms.js';
import type { WireReader } from './wire-reader.js';

const maker = 'Sigill';
const handshake = 'PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1';

/** What a program asks before it opens a session: all but the mechanisms' list is answered from memory. */
export const slotFunctions: Functions = {
  async C_Initialize(application, request) {
    const given = request.bytes();
    request.byte();
    request.bytes();
    require(given !== undefined && Buffer.from(given).toString('latin1') === handshake, CKR.GENERAL_ERROR);
    require(!application.initialized, CKR.CRYPTOKI_ALREADY_INITIALIZED);
    // A host that was started by this very connection has not seen its cards yet, and many programs ask only once.
    await application.service.settled();
    application.events.clear();
    application.initialized = true;
    return undefined;
  },
  C_Finalize(application) {
    application.finalize();
    return undefined;
  },
  C_GetInfo({ service: { version } }) {
    return (writer) =>
      writer
        .version(2, 40)
        .padded(maker, 32)
        .ulong(0)
        .padded('Sigill smart cards', 32)
        .version(version.major, version.minor);
  },
  C_GetSlotList({ service }, request) {
    const presentOnly = request.byte() !== 0;
    const list = service.slots.list.filter(({ token }) => token !== undefined || !presentOnly);
    return ulongsFor(
      request.room(),
      list.map(({ id }) => id),
    );
  },
  C_GetSlotInfo(application, request) {
    const { reader, index, token } = application.slot(request.ulong());
    const flags = CKF.REMOVABLE_DEVICE | CKF.HW_SLOT | (token === undefined ? 0 : CKF.TOKEN_PRESENT);
    const description = index === 0 ? reader : `${reader} (${index + 1})`;
    return (writer) => writer.padded(description, 64).padded(maker, 32).ulong(flags).version(0, 0).version(0, 0);
  },
  C_GetTokenInfo(application, request) {
    const slot = request.ulong();
    const token = application.token(slot);
    const sessions = application.sessionsOf(slot);
    const { pin, label, serial, card } = token;
    return (writer) => {
      writer.padded(label, 32).padded(maker, 32).padded(card.profile, 16).padded(serial, 16).ulong(flagsOf(token));
      writer
        .ulong(0)
        .ulong(sessions.length)
        .ulong(0)
        .ulong(sessions.filter(({ writable }) => writable).length);
      writer.ulong(pin?.maxLength ?? 0).ulong(pin?.minLength ?? 0);
      for (let memory = 0; memory < 4; memory += 1) writer.ulong(unavailable);
      writer.version(0, 0).version(0, 0).padded('', 16);
    };
  },
  async C_GetMechanismList(application, request) {
    const mechanisms = await mechanismsOf(application, request);
    return ulongsFor(request.room(), [...mechanisms.keys()]);
  },
  async C_GetMechanismInfo(application, request) {
    const mechanisms = await mechanismsOf(application, request);
    const found = mechanisms.get(request.ulong());
    if (!found) throw new Refusal(CKR.MECHANISM_INVALID);
    return (writer) => writer.ulong(found.min).ulong(found.max).ulong(found.flags);
  },
};

async function mechanismsOf(application: Parameters<Functions[string]>[0], request: WireReader) {
  const slot = application.slot(request.ulong());
  const { card, pin } = application.token(slot.id);
  return mechanismInfo(tokenMechanisms(await application.service.contents.of(card.id), pin?.id));
}

function flagsOf({ pin }: Token): number {
  const always = CKF.RNG | CKF.WRITE_PROTECTED | CKF.TOKEN_INITIALIZED;
  if (!pin) return always;
  const { state, triesLeft, triesMax } = pin;
  const left = state === 'locked' ? 0 : triesLeft;
  const counter =
    left === 0
      ? CKF.USER_PIN_LOCKED
      : left === 1
        ? CKF.USER_PIN_FINAL_TRY | CKF.USER_PIN_COUNT_LOW
        : left !== undefined && left < (triesMax ?? left)
          ? CKF.USER_PIN_COUNT_LOW
          : 0;
  const set = state === 'not-set' ? 0 : CKF.USER_PIN_INITIALIZED;
  return always | CKF.LOGIN_REQUIRED | CKF.PROTECTED_AUTHENTICATION_PATH | set | counter;
}
