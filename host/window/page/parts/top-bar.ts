import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { hashOf, tabs } from '../place.js';
import type { Scene } from '../scene.js';
import { isDark } from '../theme.js';
import { icon } from './icon.js';

/** Name, places, languages and the light switch. */
export function topBar(scene: Scene, skip: (event: Event) => void): TemplateResult {
  return html`<header class="top">
    <a class="skip" href="#main" @click=${skip}>${scene.word('page.skip')}</a>
    <a class="brand" href=${hashOf('devices')}><span class="chip" aria-hidden="true"></span><span>Sigill</span></a>
    <nav aria-label=${scene.word('page.nav')}>
      ${repeat(
        tabs(scene.view),
        ({ place }) => place,
        ({ place, key, title }) =>
          html`<a
            data-focus=${place}
            href=${hashOf(place)}
            aria-current=${isHere(scene.place, place) ? 'page' : 'false'}
            >${key === undefined ? title : scene.word(key)}</a
          >`,
      )}
    </nav>
    <div class="tools">
      <div class="languages" role="group" aria-label=${scene.word('page.language')}>
        ${scene.view.languages.map(
          ({ code, name }) =>
            html`<button
              type="button"
              lang=${code}
              aria-pressed=${code === scene.view.language}
              @click=${() => scene.send({ kind: 'language', language: code })}
            >
              ${code}<span class="hidden">${name}</span>
            </button>`,
        )}
      </div>
      <button type="button" class="light" aria-pressed=${isDark()} @click=${() => toggleDark(scene)}>
        ${icon('moon', 'when-light')}${icon('sun', 'when-dark')}<span class="hidden">${scene.word('page.dark')}</span>
      </button>
    </div>
  </header>`;
}

function isHere(here: string, place: string): boolean {
  return (
    here === place ||
    (place === 'devices' && here.startsWith('activation:')) ||
    (place === 'about' && here === 'journal')
  );
}

function toggleDark(scene: Scene): void {
  scene.send({ kind: 'setting', owner: 'sigill', key: 'theme', value: isDark() ? 'light' : 'dark' });
}
