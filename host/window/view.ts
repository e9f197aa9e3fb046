// What the window's page is given: everything in the person's language already, so that the page only draws.

/** The nine states of the tray icon (product.md §3), which the window shows too. */
export type StatusIcon =
  | 'no-reader'
  | 'no-card'
  | 'reading'
  | 'ready'
  | 'unrecognised'
  | 'no-certificate'
  | 'activation'
  | 'locked'
  | 'expiring';

/** A button: what it starts. `why` tells why it is disabled. */
export interface ActionView {
  /** A command of a plugin (`pin.change`), or one of the host's own (`host.export`, `host.test-key`, …). */
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
  readonly label: string;
  readonly why?: string;
}

export interface PinView {
  readonly id: string;
  readonly label: string;
  readonly state: 'ok' | 'not-set' | 'locked';
  /** `3 of 5 tries left`. */
  readonly tries: string;
  readonly triesLeft?: number;
  readonly triesMax?: number;
  /** `4–8 digits`: what this card allows for a new one. */
  readonly lengths?: string;
  /** The first is the one to offer first (unlock for a locked one). */
  readonly actions: readonly ActionView[];
}

/** The code of the letter, with which a card is taken into use: its tries, in words and, where the card tells them, in numbers. */
export interface ActivationCodeView {
  readonly tries: string;
  readonly triesLeft?: number;
  readonly triesMax?: number;
  /** For the last tries: what is lost with them. */
  readonly warning?: string;
}

export interface FactView {
  readonly name: string;
  readonly value: string;
}

export interface CertificateView {
  readonly id: string;
  readonly label: string;
  /** `valid until 12 May 2029 (in 2 years)`. */
  readonly validity: string;
  readonly tone: 'good' | 'warning' | 'bad';
  readonly ca: boolean;
  /** First level: holder, issuer, validity, e-mail, usage. */
  readonly facts: readonly FactView[];
  /** Behind *Details*: serial number, algorithm, SHA-256, RFC 4514 names. */
  readonly details: readonly FactView[];
  /** Saving as PEM and DER are links of the page; testing its key is an action. */
  readonly actions: readonly ActionView[];
}

export interface KeyView {
  readonly id: string;
  readonly label: string;
  readonly facts: readonly FactView[];
  readonly actions: readonly ActionView[];
}

export interface CardView {
  readonly id: string;
  readonly title: string;
  readonly holder?: string;
  readonly serial?: string;
  readonly pins: readonly PinView[];
  readonly certificates: readonly CertificateView[];
  /** Absent until asked for (`host.details`). */
  readonly caCertificates?: readonly CertificateView[];
  readonly keys?: readonly KeyView[];
  readonly details: readonly FactView[];
  readonly notes: readonly string[];
}

export interface ReaderView {
  readonly name: string;
  readonly icon: StatusIcon;
  /** `the card is ready`. */
  readonly state: string;
  /** What to do next, in sentences. */
  readonly advice: readonly string[];
  readonly actions: readonly ActionView[];
  readonly card?: CardView;
  /** While the card is not activated in whole. */
  readonly activationCode?: ActivationCodeView;
  /** For a card that was not recognised: a report without secrets, to be copied. */
  readonly report?: string;
}

/** Something that runs, or has run: a command, with its sentences. */
export interface ActivityView {
  readonly id: string;
  readonly title: string;
  readonly reader?: string;
  readonly state: 'running' | 'waiting' | 'done' | 'failed';
  readonly lines: readonly string[];
  /** 0–1; absent while unknown. */
  readonly progress?: number;
  readonly cancellable: boolean;
  /** Files that came of it. */
  readonly results?: readonly ResultView[];
  /** While `waiting`: the one-time address of the PIN page, for who did not see it open. */
  readonly pinPage?: string;
}

/** A file that a command delivered. */
export interface ResultView {
  readonly name: string;
  readonly folder: string;
  readonly actions: readonly ActionView[];
}

export interface PluginView {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly origin: string;
  readonly state: string;
  readonly permissions: readonly string[];
  readonly failure?: string;
  readonly log: readonly string[];
  readonly actions: readonly ActionView[];
}

/** A panel of a plugin, or a part of one: data, never markup. */
export type PanelElementView =
  | { readonly kind: 'heading' | 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly { readonly title: string; readonly detail?: string }[] }
  | {
      readonly kind: 'findings';
      readonly findings: readonly { readonly text: string; readonly state?: 'good' | 'attention' | 'bad' }[];
    }
  | { readonly kind: 'progress'; readonly label: string; readonly value?: number }
  | { readonly kind: 'buttons'; readonly actions: readonly ActionView[] }
  | {
      readonly kind: 'form';
      readonly id: string;
      readonly fields: readonly FormFieldView[];
      readonly submit: ActionView;
    };

export interface FieldView {
  readonly key: string;
  readonly label: string;
  readonly help?: string;
  /** A password is always shown empty. */
  readonly type: 'text' | 'number' | 'boolean' | 'choice' | 'password';
  readonly value: string | number | boolean;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** A field of a panel's form. */
export type FormFieldView = FieldView | DocumentsFieldView | AreaFieldView;

/** A place for documents. All such fields of a panel share the panel's documents. */
export interface DocumentsFieldView {
  readonly key: string;
  readonly label: string;
  readonly help?: string;
  readonly type: 'documents';
  /** Extensions without a dot, in small letters. */
  readonly accept: readonly string[];
  readonly many: boolean;
}

/** A rectangle on a page of the panel's first document. */
export interface AreaFieldView {
  readonly key: string;
  readonly label: string;
  readonly help?: string;
  readonly type: 'area';
}

/** A document that the person gave. */
export interface DocumentView {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly bytes: number;
  /** `1.2 MB`. */
  readonly size: string;
  /** Where what is made of it will lie, in a sentence. */
  readonly place: string;
}

export interface PanelView {
  readonly id: string;
  readonly title: string;
  readonly plugin: string;
  /** While there is nothing to show yet: that its plugin is starting, or that it has shown nothing. */
  readonly waiting?: string;
  /** Why its plugin does not work. */
  readonly failure?: string;
  /** What can be done about that. */
  readonly actions?: readonly ActionView[];
  readonly elements: readonly PanelElementView[];
  /** What the person gave to its forms. */
  readonly documents?: readonly DocumentView[];
}

export interface SettingsView {
  readonly owner: string;
  readonly title: string;
  readonly fields: readonly FieldView[];
}

/** An entry of the journal, in words. */
export interface JournalRowView {
  readonly number: string;
  readonly time: string;
  readonly what: string;
  /** Whose certificate; empty where none signed. */
  readonly who: string;
  readonly details: readonly string[];
}

/** What cards signed and what came of it: asked for by the page of the journal alone. */
export interface JournalView {
  /** False when it is not as it was written. */
  readonly sound: boolean;
  readonly verdict: string;
  /** Digest of the last line, hex. */
  readonly last: string;
  readonly shown: string;
  /** The newest first. */
  readonly rows: readonly JournalRowView[];
}

/** Everything that the window shows, at one moment. */
export interface WindowView {
  readonly language: 'sv' | 'fi' | 'en';
  /** The colours that the person chose; absent: as the desktop has them. */
  readonly theme?: 'light' | 'dark';
  readonly languages: readonly { readonly code: string; readonly name: string }[];
  /** The page's own fixed words by key (`page.…`), in the person's language. */
  readonly words: Readonly<Record<string, string>>;
  /** The card service is not there: why, and the cure. */
  readonly service?: string;
  readonly readers: readonly ReaderView[];
  readonly activities: readonly ActivityView[];
  readonly plugins: readonly PluginView[];
  readonly panels: readonly PanelView[];
  readonly settings: readonly SettingsView[];
  readonly about: readonly FactView[];
  /** True while the desktop's own dialog for files can be asked for; else the browser's is used. */
  readonly fileDialog?: boolean;
  /** Where the window is asked to go: a reader's activation, a panel. Goes up by one with each wish. */
  readonly wish?: { readonly number: number; readonly place: string };
}
