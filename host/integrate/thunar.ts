import { shellWords, xmlText } from './quoting.js';
import type { MenuProgram, MenuWordsIn } from './menu-file.js';

const id = 'sigill-sign-pdf';
const empty = '<?xml version="1.0" encoding="UTF-8"?>\n<actions>\n</actions>\n';
const ours = new RegExp(
  String.raw`[ \t]*<action>(?:(?!</action>)[\s\S])*<unique-id>${id}</unique-id>(?:(?!</action>)[\s\S])*</action>\r?\n?`,
);

/** Thunar's custom actions (docs.xfce.org, *Thunar: custom actions*) with ours as the last; what else stands in `text` is kept to the byte. `undefined` for a file that is not what Thunar writes. */
export function withThunarAction(
  text: string | undefined,
  program: MenuProgram,
  words: MenuWordsIn,
): string | undefined {
  const others = withoutThunarAction(text ?? empty);
  const end = others.lastIndexOf('</actions>');
  if (end < 0) return undefined;
  return others.slice(0, end) + action(program, words) + others.slice(end);
}

/** The same without ours. */
export function withoutThunarAction(text: string): string {
  return text.replace(ours, '');
}

/** True when our action stands in it. */
export function hasThunarAction(text: string): boolean {
  return ours.test(text);
}

function action(program: MenuProgram, words: MenuWordsIn): string {
  const each = (element: string, text: (language: 'en' | 'sv' | 'fi') => string): readonly string[] => [
    `\t<${element}>${xmlText(text('en'))}</${element}>`,
    `\t<${element} xml:lang="sv">${xmlText(text('sv'))}</${element}>`,
    `\t<${element} xml:lang="fi">${xmlText(text('fi'))}</${element}>`,
  ];
  const lines = [
    '<action>',
    '\t<icon>document-edit</icon>',
    ...each('name', (language) => words[language].title),
    `\t<unique-id>${id}</unique-id>`,
    // Thunar takes %F for the files, already quoted; a percent sign of ours is written twice.
    `\t<command>${xmlText(shellWords(program).replaceAll('%', '%%'))} %F</command>`,
    ...each('description', (language) => words[language].comment),
    '\t<patterns>*.pdf;*.PDF</patterns>',
    '\t<other-files/>',
    '</action>',
  ];
  return `${lines.join('\n')}\n`;
}
