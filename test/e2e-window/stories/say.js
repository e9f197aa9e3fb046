import { readFileSync } from 'node:fs';
import { languages } from '@sigill/core';
/** A whole view from a story. */
export function tell(story, language) {
    const say = (en, sv, fi) => ({ en, sv, fi })[language];
    return { ...quiet(language), ...story(say) };
}
export { languages };
function quiet(language) {
    const file = new URL(`../../../host/messages/page/${language}.json`, import.meta.url);
    return {
        language,
        languages: [
            { code: 'sv', name: 'svenska' },
            { code: 'fi', name: 'suomi' },
            { code: 'en', name: 'English' },
        ],
        words: JSON.parse(readFileSync(file, 'utf8')),
        readers: [],
        activities: [],
        plugins: [],
        panels: [],
        settings: [],
        about: [],
    };
}
