import type { ActionView } from './action-view.js';

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

/** A field of a panel's form. */
export type FormFieldView = FieldView | DocumentsFieldView | AreaFieldView | PasswordsFieldView;

export interface FieldView {
  readonly key: string;
  readonly label: string;
  readonly help?: string;
  readonly type: 'text' | 'number' | 'boolean' | 'choice';
  readonly value: string | number | boolean;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

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

/** Fields for the passwords of the panel's documents that are locked. All such fields of a panel are one. */
export interface PasswordsFieldView {
  readonly key: string;
  readonly type: 'passwords';
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
  /** For one that opens only with a password that is to be typed. */
  readonly password?: {
    readonly label: string;
    /** What is known of what was typed. */
    readonly help: string;
    readonly state: 'asked' | 'wrong' | 'opened';
  };
}
