import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { passwordKey } from '../../requests.js';
import type { PanelView, PasswordsFieldView } from '../../view/panel-view.js';
import type { Scene } from '../scene.js';
import type { AreaField } from './area-field.js';

type Drawn = HTMLElement & { readonly value: string };

/** A field for each locked document of a panel, in the first of its forms: all others use what was typed there. */
export function passwordFields(
  scene: Scene,
  panel: PanelView,
  view: PasswordsFieldView,
): TemplateResult | typeof nothing {
  const locked = (panel.documents ?? []).flatMap(({ id, password }) => (password ? [{ id, ...password }] : []));
  if (locked.length === 0 || !isFirst(panel, view)) return nothing;
  const changed = (): void => {
    const typed = passwordsIn(panel, view);
    for (const area of document.querySelectorAll<AreaField>('sigill-area')) area.passwords = Object.values(typed);
    scene.send({ kind: 'unlock', panel: panel.id, typed });
  };
  return html`<div class="passwords">
    ${repeat(
      locked,
      ({ id }) => id,
      ({ id, label, help, state }) =>
        html`<div class="password ${state}">
          <wa-input
            data-focus=${passwordKey(view.key, id)}
            name=${passwordKey(view.key, id)}
            type="password"
            autocomplete="off"
            label=${label}
            @change=${changed}
          ></wa-input>
          <p role="status">${help}</p>
        </div>`,
    )}
  </div>`;
}

/** What stands in these fields now, by `passwordKey`. */
export function passwordsIn({ documents = [] }: PanelView, { key }: PasswordsFieldView): Record<string, string> {
  const named = documents.map(({ id }) => passwordKey(key, id));
  const drawn = named.map((name) => document.querySelector<Drawn>(`.passwords [name="${CSS.escape(name)}"]`));
  const typed = named.map((name, at) => [name, drawn[at]?.value ?? ''] as const);
  return Object.fromEntries(typed.filter(([, value]) => value !== ''));
}

function isFirst({ elements }: PanelView, view: PasswordsFieldView): boolean {
  const fields = elements.flatMap((element) => (element.kind === 'form' ? element.fields : []));
  return fields.find(({ type }) => type === 'passwords') === view;
}
