import type { ProgramProfile } from '@sigill/core';

/** A profile with what only the host knows of it. */
export interface FoundProfile extends ProgramProfile {
  /** Absolute, links followed where it is there. */
  readonly path: string;
  /** What `pkcs11.txt` holds; absent when there is none yet. */
  readonly modules?: string;
  /** What `prefs.js` holds, of a mail program. */
  readonly preferences?: string;
  /** True while its program has it open. */
  runs(): Promise<boolean>;
}

/** What plugins may see of a profile: no contents of its files. */
export function withoutContents(found: FoundProfile): ProgramProfile {
  const { id, program, packaging, name, folder, bar, registered, identities } = found;
  return { id, program, packaging, name, folder, registered, identities, ...(bar !== undefined && { bar }) };
}
