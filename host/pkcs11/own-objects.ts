import { CKR } from './constants.js';
import { require } from './refusal.js';
import type { TokenObject } from './token-object.js';

/** Keys that one program has derived and not destroyed. */
const most = 256;
/** Their handles begin here, above those of a token's objects. */
const first = 0x1_0000;

/** Objects that live in one program's memory, each until its session is closed (PKCS #11: session objects). */
export class OwnObjects {
  readonly #kept = new Map<number, { readonly session: number; readonly object: TokenObject }>();
  #handles = first;

  /** The handle that it has now. Fails with CKR_DEVICE_MEMORY. */
  keep(session: number, object: TokenObject): number {
    require(this.#kept.size < most, CKR.DEVICE_MEMORY);
    this.#handles += 1;
    this.#kept.set(this.#handles, { session, object });
    return this.#handles;
  }

  /** Those of sessions for which `shown` holds, with their handles. */
  of(shown: (session: number) => boolean): readonly (readonly [number, TokenObject])[] {
    return [...this.#kept].flatMap(([handle, { session, object }]) =>
      shown(session) ? [[handle, object] as const] : [],
    );
  }

  /** Wipes and destroys one; false for any other handle. */
  destroy(handle: number): boolean {
    const own = this.#kept.get(handle);
    for (const value of own?.object.attributes.values() ?? []) if (value instanceof Uint8Array) value.fill(0);
    return this.#kept.delete(handle);
  }

  /** Destroys those of a session that is closed. */
  close(session: number): void {
    for (const [handle, { session: owner }] of this.#kept) if (owner === session) this.destroy(handle);
  }
}
