import type { Disposable } from '@sigill/core';
import type { HeldPin } from '../pin/held-pin.js';
import type { LoginRequest } from '../pin/login.js';
import type { CardContents, ContentsReader } from './card-contents.js';
import { CKR } from './constants.js';
import { Logins } from './logins.js';
import { OwnObjects } from './own-objects.js';
import { Refusal, require } from './refusal.js';
import { endOperations, type Session } from './session.js';
import { SlotEvents } from './slot-events.js';
import type { Slot, Slots, Token } from './slots.js';
import type { TokenObject } from './token-object.js';
import { tokenObjects } from './token-objects.js';

/** What programs are served from. */
export interface Service {
  readonly slots: Slots;
  readonly contents: ContentsReader;
  /** Resolves when the readers are known and no card is being read, or when that takes too long. */
  settled(): Promise<void>;
  /** Milliseconds that the refusal of a login takes at the least, see `notAtOnce`. */
  readonly leastWait: number;
  /** The version of the program, as PKCS #11 tells it. */
  readonly version: { readonly major: number; readonly minor: number };
}

/** What one program is served with. */
export interface ApplicationParts {
  readonly service: Service;
  /** Version of p11-kit's protocol. */
  readonly protocol: number;
  /** The broker, in this program's name. */
  login(request: LoginRequest): Promise<HeldPin>;
}

/** Sessions of one program. */
const mostSessions = 1_024;

/** One program at the other end of a connection: its sessions, its logins, and what it has been told. */
export class Application implements Disposable {
  readonly service: Service;
  readonly protocol: number;
  readonly askLogin: ApplicationParts['login'];
  /** Slot events that it has not been told. */
  readonly events: SlotEvents;
  readonly logins = new Logins();
  readonly own = new OwnObjects();
  initialized = false;
  readonly #sessions = new Map<number, Session>();
  readonly #objects = new WeakMap<CardContents, Map<number, readonly TokenObject[]>>();
  #handles = 0;

  constructor({ service, protocol, login }: ApplicationParts) {
    this.service = service;
    this.protocol = protocol;
    this.askLogin = login;
    this.events = new SlotEvents(service.slots.changes);
  }

  slot(id: number): Slot {
    const slot = this.service.slots.find(id);
    if (!slot) throw new Refusal(CKR.SLOT_ID_INVALID);
    return slot;
  }

  token(id: number): Token {
    const { token } = this.slot(id);
    if (!token) throw new Refusal(CKR.TOKEN_NOT_PRESENT);
    return token;
  }

  open(slot: number, writable: boolean): Session {
    const { card } = this.token(slot);
    require(this.#sessions.size < mostSessions, CKR.SESSION_COUNT);
    this.#handles += 1;
    const session: Session = { handle: this.#handles, slot, card: card.id, writable };
    this.#sessions.set(session.handle, session);
    return session;
  }

  /** A session whose card is still there. Fails with CKR_SESSION_HANDLE_INVALID, CKR_DEVICE_REMOVED. */
  session(handle: number): Session {
    const session = this.#sessions.get(handle);
    if (!session) throw new Refusal(CKR.SESSION_HANDLE_INVALID);
    if (this.service.slots.find(session.slot)?.token?.card.id === session.card) return session;
    endOperations(session);
    throw new Refusal(CKR.DEVICE_REMOVED);
  }

  sessionsOf(slot: number): readonly Session[] {
    return [...this.#sessions.values()].filter((session) => session.slot === slot);
  }

  /** Closes a session; with a token's last one its login ends. Fails with CKR_SESSION_HANDLE_INVALID. */
  close(handle: number): void {
    const session = this.#sessions.get(handle);
    if (!session) throw new Refusal(CKR.SESSION_HANDLE_INVALID);
    endOperations(session);
    this.#sessions.delete(handle);
    this.own.close(handle);
    if (!this.sessionsOf(session.slot).some(({ card }) => card === session.card)) this.logins.end(session);
  }

  /** The objects of a session's token, each with its handle; private ones only for who is logged in. Reads the card the first time. */
  async objects(session: Session): Promise<ReadonlyMap<number, TokenObject>> {
    const slot = this.slot(session.slot);
    const contents = await this.service.contents.of(session.card);
    if (slot.token?.card.id !== session.card) throw new Refusal(CKR.DEVICE_REMOVED);
    const bySlot = this.#objects.get(contents) ?? new Map<number, readonly TokenObject[]>();
    this.#objects.set(contents, bySlot);
    const all = bySlot.get(slot.id) ?? tokenObjects(slot, slot.token, contents);
    bySlot.set(slot.id, all);
    const shown = this.logins.of(session) !== undefined || slot.token.pin === undefined;
    const onToken = all.flatMap((object, at) => (object.private && !shown ? [] : [[at + 1, object] as const]));
    return new Map([...onToken, ...this.own.of((owner) => this.#sessions.get(owner)?.slot === session.slot)]);
  }

  /** Closes everything that the program has opened. */
  finalize(): void {
    for (const handle of [...this.#sessions.keys()]) this.close(handle);
    this.logins.endAll();
    this.events.clear();
    this.initialized = false;
  }

  /** The program has gone. */
  dispose(): void {
    this.finalize();
    this.events.dispose();
  }
}
