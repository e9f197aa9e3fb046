import { token } from '../token.js';
import type { CardId } from './cards.js';

/** Names one profile of a program on this computer; the same at every look. */
export type ProfileId = string & { readonly __profile?: never };

/** `shared`: the database `~/.pki/nssdb`, which Chromium and others use. */
export type ProgramName = 'firefox' | 'thunderbird' | 'shared';

/** How the program was installed. What runs in a Snap or Flatpak cannot load modules of the computer. */
export type Packaging = 'system' | 'snap' | 'flatpak';

/** Why a profile is left as it is. `password`: its database has one, and none was given; `tool`: Debian's `libnss3-tools` is missing; `module`: so is `p11-kit-modules`; `changed`: a program wrote to it meanwhile. */
export type ProfileBar =
  'running' | 'confined' | 'read-only' | 'unreadable' | 'password' | 'tool' | 'module' | 'changed';

/** A sender of a mail program. */
export interface MailIdentity {
  /** The program's own word for it: `id1`. */
  readonly id: string;
  readonly address: string;
}

/** A profile of a program that can use a card through PKCS#11. */
export interface ProgramProfile {
  readonly id: ProfileId;
  readonly program: ProgramName;
  readonly packaging: Packaging;
  /** The profile's name, as the program shows it. */
  readonly name: string;
  /** Where it is, `~` for the person's folder. */
  readonly folder: string;
  /** What stands in the way of changing it now. */
  readonly bar?: ProfileBar;
  /** True when the module stands in its database. */
  readonly registered: boolean;
  readonly identities: readonly MailIdentity[];
}

/** A certificate on a card that is in. */
export interface CardCertificate {
  readonly card: CardId;
  /** As in `Certificate.id`. */
  readonly id: string;
}

/** What is to be set up: the module in every profile, and these. */
export interface SetUpWish {
  /** CA certificates of a card. `trusted`: the person compared its fingerprint; only then does it vouch for mail. */
  readonly authorities: readonly (CardCertificate & { readonly trusted: boolean })[];
  /** Certificates for the senders of a mail program. */
  readonly accounts: readonly {
    readonly profile: ProfileId;
    readonly identity: string;
    readonly signing?: CardCertificate;
    readonly encryption?: CardCertificate;
  }[];
}

/** One change to one profile. `database`: there is none yet, and an empty one is made. */
export type SetUpChange =
  | { readonly kind: 'module' | 'database'; readonly profile: ProfileId }
  | {
      readonly kind: 'authority';
      readonly profile: ProfileId;
      readonly name: string;
      readonly sha256: string;
      readonly trusted: boolean;
    }
  | {
      readonly kind: 'account';
      readonly profile: ProfileId;
      readonly address: string;
      readonly signing: boolean;
      readonly encryption: boolean;
    };

/** A profile that was left as it is. */
export interface LeftProfile {
  readonly profile: ProfileId;
  readonly why: ProfileBar;
}

export interface SetUpOutcome {
  readonly done: readonly SetUpChange[];
  readonly left: readonly LeftProfile[];
}

/** What became of the set-up's files. */
export interface UndoOutcome {
  /** Files that are again as they were, byte for byte, or gone as they were. */
  readonly restored: number;
  /** Files that a program has written to since: only what the set-up had put into them was taken back. */
  readonly mended: number;
  /** Entries that a person has changed since; they are left as they are. */
  readonly kept: readonly string[];
  readonly left: readonly LeftProfile[];
}

/** How a profile fares with the module, tried with NSS' own tools on a copy. `certificates` are those that it sees on cards. */
export interface ProfileTest {
  readonly profile: ProfileId;
  readonly module: 'loaded' | 'not-loaded' | 'absent' | 'untried';
  readonly certificates: number;
}

/** A line of text, signed by NSS with the card: `untrusted` when the certificate's issuer is not trusted for mail, so that no program would sign; `untried` without card or tool. */
export type TrialSignature = 'valid' | 'untrusted' | 'failed' | 'untried';

/** The way from programs to the card. */
export interface Bridge {
  /** Where `p11-kit-client.so` is; absent when it is not installed. */
  readonly module?: string;
  /** True when something answers on the socket that the module speaks to. */
  readonly listening: boolean;
}

/**
 * Browsers and mail programs of the person, set up for the card as a transaction: nothing is written while a program runs, and every
 * file can be given back. Needs permission `programs`; what changes something can be asked only while a command of the plugin runs.
 */
export interface Programs {
  profiles(): Promise<readonly ProgramProfile[]>;
  bridge(): Promise<Bridge>;
  /** What `apply` would do. Writes nothing. Fails with `certificate-unknown`, `card-removed`. */
  plan(wish: SetUpWish): Promise<SetUpOutcome>;
  /** Does it. The host asks for the password of a database where one is needed. Fails as `plan`, and with `file-unwritable`. */
  apply(wish: SetUpWish): Promise<SetUpOutcome>;
  /** Resolves when the program of this profile does not run any more. */
  closed(profile: ProfileId): Promise<void>;
  test(): Promise<readonly ProfileTest[]>;
  /** Makes a trial signature as this profile's program would; Sigill asks for the PIN. */
  sign(profile: ProfileId): Promise<TrialSignature>;
  /** Takes back all that was ever applied. */
  undo(): Promise<UndoOutcome>;
}

export const Programs = token<Programs>('Programs');
