import type { CommandArguments, DocumentId, PanelElement, PasswordField } from '@sigill/core';

/** How a locked document stands: nothing was typed, something else was, its own password was, or the one of another opens it too. */
export type DocumentLock = 'asked' | 'wrong' | 'opened' | 'opened-too';

/** What was typed, by document. */
export type TypedPasswords = Readonly<Record<DocumentId, string>>;

type Run = (command: string, args: CommandArguments) => Promise<{ readonly data?: unknown }>;

/** Which of the documents that a person gave are locked. Passwords pass through and are kept nowhere. */
export class DocumentLocks {
  readonly #run: Run;
  readonly #changed: () => void;
  /** Of each that was looked at; undefined for one that needs no password. */
  readonly #locks = new Map<DocumentId, DocumentLock | undefined>();

  constructor(run: Run, changed: () => void) {
    this.#run = run;
    this.#changed = changed;
  }

  /** Undefined for a document that needs no password, or was not looked at yet. */
  of(document: DocumentId): DocumentLock | undefined {
    return this.#locks.get(document);
  }

  /** Looks at documents that are new. Fails as the plugin's command does; what was not found out is asked for by the one that uses the document. */
  async look(field: PasswordField, documents: readonly DocumentId[]): Promise<void> {
    const fresh = documents.filter((id) => !this.#locks.has(id));
    if (fresh.length === 0) return;
    for (const id of fresh) this.#locks.set(id, undefined);
    const locked = await this.#locked(field, fresh, {});
    for (const id of locked) if (this.#locks.has(id)) this.#locks.set(id, 'asked');
    if (locked.length > 0) this.#changed();
  }

  /** Of a document that has gone. */
  forget(document: DocumentId): void {
    this.#locks.delete(document);
  }

  /** The passwords of these documents are to be typed anew. */
  askAgain(documents: readonly DocumentId[]): void {
    const known = documents.filter((id) => this.#locks.get(id) !== undefined);
    for (const id of known) this.#locks.set(id, 'asked');
    if (known.length > 0) this.#changed();
  }

  /** The passwords that open these documents: the own one of each, else one that was typed for another. Fails as the plugin's command does. */
  async open(field: PasswordField, documents: readonly DocumentId[], typed: TypedPasswords): Promise<TypedPasswords> {
    const asked = documents.filter((id) => this.#locks.get(id) !== undefined);
    const own = asked.filter((id) => typed[id] !== undefined);
    const opened: Record<DocumentId, string> = {};
    const attempt = async (ids: readonly DocumentId[], passwords: TypedPasswords): Promise<void> => {
      const still = ids.length === 0 ? [] : await this.#locked(field, ids, passwords);
      for (const id of ids) if (!still.includes(id)) opened[id] = passwords[id] ?? '';
    };
    await attempt(own, typed);
    for (const password of new Set(Object.values(typed))) {
      const left = asked.filter((id) => opened[id] === undefined);
      await attempt(left, Object.fromEntries(left.map((id) => [id, password])));
    }
    for (const id of asked) this.#locks.set(id, lockOf(opened[id], typed[id]));
    this.#changed();
    // One that stays closed goes with what was typed for it, so that the plugin tells that it is wrong.
    return { ...typed, ...opened };
  }

  async #locked(
    { locked, documents, key }: PasswordField,
    ids: readonly DocumentId[],
    passwords: TypedPasswords,
  ): Promise<readonly DocumentId[]> {
    const { data } = await this.#run(locked, { [documents]: ids, [key]: passwords });
    const { locked: found = [] } = (data ?? {}) as { readonly locked?: readonly { readonly document: DocumentId }[] };
    return found.map(({ document }) => document).filter((id) => ids.includes(id));
  }
}

/** The field for passwords of a panel's forms, if there is one. */
export function passwordField(elements: readonly PanelElement[]): PasswordField | undefined {
  const fields = elements.flatMap((element) => (element.kind === 'form' ? element.fields : []));
  return fields.find((field): field is PasswordField => field.type === 'password');
}

function lockOf(opens: string | undefined, typed: string | undefined): DocumentLock {
  if (opens !== undefined) return opens === typed ? 'opened' : 'opened-too';
  return typed === undefined ? 'asked' : 'wrong';
}
