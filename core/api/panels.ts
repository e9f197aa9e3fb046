import { token } from '../token.js';
import type { SettingKind } from './settings.js';
import type { LocalText, Message } from './text.js';

/** A panel that a plugin's manifest contributes: a place in the window for data that the plugin shows. */
export interface PanelContribution {
  /** As a command's: `pdf-sign.documents`. */
  readonly id: string;
  readonly title: LocalText;
}

/** A button: it starts a command of the plugin's own manifest. */
export interface PanelButton {
  readonly command: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly label: LocalText;
}

/** One field of a form. What is typed goes to the plugin: the host refuses what looks like a card's code. */
export type PanelField = PasswordField | LabelledField;

/** A field with the plugin's own words. */
export type LabelledField = {
  /** Becomes an argument of the form's command. */
  readonly key: string;
  readonly label: LocalText;
  readonly help?: LocalText;
} & (SettingKind | DocumentsField | AreaField);

/** A place to drop documents on, or to choose them: becomes an argument with the list of their `DocumentId`s. */
export interface DocumentsField {
  readonly type: 'documents';
  /** Extensions: `['pdf']`. */
  readonly accept: readonly string[];
  readonly many: boolean;
}

/**
 * The passwords of the documents of `documents`, the key of the form's field of that type. The host asks for one of each document that is locked, in its own
 * words, so that a plugin can ask for nothing else in its place, gives them only together with the documents, and keeps them nowhere. Becomes an argument
 * with a table of passwords as they were typed, by `DocumentId`. All fields of a panel share them.
 */
export interface PasswordField {
  readonly type: 'password';
  readonly key: string;
  readonly documents: string;
  /** A command of the plugin's own manifest that tells which documents do not open: it takes these two arguments, and its `data` is `{ locked: [{ document }] }`. */
  readonly locked: string;
}

/** A rectangle that the person draws on a page of the first document of `documents`: becomes `page,x,y,width,height`, in points from the lower left of the page as it is seen; empty for none. */
export interface AreaField {
  readonly type: 'area';
  /** The key of the form's field of type `documents`. */
  readonly documents: string;
  readonly default: string;
}

/** How what was found stands: in order, to be seen to, or in the way. */
export type FindingState = 'good' | 'attention' | 'bad';

/** One thing that was found or done, in the words of the plugin's own `messages/`. */
export interface Finding {
  readonly message: Message;
  /** Absent for what is only told. */
  readonly state?: FindingState;
}

/** A part of a panel: data, drawn by the host; never markup. */
export type PanelElement =
  | { readonly kind: 'heading' | 'text'; readonly text: LocalText }
  | { readonly kind: 'list'; readonly items: readonly { readonly title: LocalText; readonly detail?: LocalText }[] }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  /** `value` 0–1; absent while unknown. */
  | { readonly kind: 'progress'; readonly label: LocalText; readonly value?: number }
  | { readonly kind: 'buttons'; readonly buttons: readonly PanelButton[] }
  | {
      readonly kind: 'form';
      readonly id: string;
      readonly fields: readonly PanelField[];
      readonly submit: PanelButton;
    };

/** Panels of the plugin in the window. */
export interface Panels {
  /** Shows `elements` in the panel `id`, which must stand in the manifest, in place of what it showed. Fails with `panel-unknown`. */
  show(id: string, elements: readonly PanelElement[]): Promise<void>;
}

export const Panels = token<Panels>('Panels');
