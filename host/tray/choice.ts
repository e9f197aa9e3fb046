import { type Language, languages } from '@sigill/core';

/** What a person wants who chose an item of the menu. */
export type TrayChoice =
  | { readonly kind: 'run'; readonly command: string; readonly args: Readonly<Record<string, string>> }
  | { readonly kind: 'show'; readonly place: 'devices' | `panel:${string}` }
  /** To choose documents and sign them. */
  | { readonly kind: 'documents' }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'quit' };

/** The id of the menu's item that makes this choice: `run:pin.change?card=…&pin=PIN1`, `show:devices`, `show:panel:…`, `documents`, `language:sv`, `quit`. */
export function choiceId(choice: TrayChoice): string {
  switch (choice.kind) {
    case 'run': {
      const query = new URLSearchParams(Object.entries(choice.args)).toString();
      return `run:${choice.command}${query === '' ? '' : `?${query}`}`;
    }
    case 'show':
      return `show:${choice.place}`;
    case 'language':
      return `language:${choice.language}`;
    case 'documents':
      return 'documents';
    case 'quit':
      return 'quit';
  }
}

/** The choice that an id stands for; undefined for one that stands for none. */
export function parseChoice(id: string): TrayChoice | undefined {
  if (id === 'quit') return { kind: 'quit' };
  if (id === 'documents') return { kind: 'documents' };
  if (id === 'show:devices') return { kind: 'show', place: 'devices' };
  const panel = /^show:panel:(.+)$/s.exec(id)?.[1];
  if (panel !== undefined) return { kind: 'show', place: `panel:${panel}` };
  const language = languages.find((known) => id === `language:${known}`);
  if (language !== undefined) return { kind: 'language', language };
  const [, command, query = ''] = /^run:([^?]+)(?:\?(.*))?$/s.exec(id) ?? [];
  if (command === undefined) return undefined;
  return { kind: 'run', command, args: Object.fromEntries(new URLSearchParams(query)) };
}
