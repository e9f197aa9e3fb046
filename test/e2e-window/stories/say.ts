import { readFileSync } from 'node:fs';
import { type Language, languages } from '@sigill/core';
import type { WindowView } from '../../../host/window/view/window-view.js';

/** Chooses the text of one language. */
export type Say = (en: string, sv: string, fi: string) => string;

/** A moment of the window, told in any language. */
export type Story = (say: Say) => Partial<WindowView>;

/** A whole view from a story. */
export function tell(story: Story, language: Language): WindowView {
  const say: Say = (en, sv, fi) => ({ en, sv, fi })[language];
  return { ...quiet(language), ...story(say) };
}

export { languages, type Language };

function quiet(language: Language): WindowView {
  const file = new URL(`../../../host/messages/page/${language}.json`, import.meta.url);
  return {
    language,
    languages: [
      { code: 'sv', name: 'svenska' },
      { code: 'fi', name: 'suomi' },
      { code: 'en', name: 'English' },
    ],
    words: JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
    readers: [],
    activities: [],
    plugins: [],
    panels: [],
    settings: [],
    about: [],
  };
}
