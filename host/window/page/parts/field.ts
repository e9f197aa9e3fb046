import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { FieldView } from '../../view/panel-view.js';

type Value = FieldView['value'];
type Drawn = HTMLElement & { readonly value: string; readonly checked: boolean };

/** One field of a form or of the settings; `changed` hears a value of the field's own type. */
export function field(view: FieldView, changed: (value: Value) => void): TemplateResult {
  const { key, label, help = '', type, value, choices = [] } = view;
  const heard = (event: Event): void => {
    const typed = valueIn(view, event.target as Drawn);
    if (typed !== undefined) changed(typed);
  };
  if (type === 'boolean') {
    return html`<wa-switch data-focus=${key} name=${key} .checked=${value === true} hint=${help} @change=${heard}
      >${label}</wa-switch
    >`;
  }
  if (type === 'choice') {
    // Web Awesome keeps showing an option's old words when they change under it: a new language draws a new one.
    return html`${keyed(
      choices.map((choice) => choice.label).join('\n'),
      html`<wa-select
        data-focus=${key}
        name=${key}
        label=${label}
        hint=${help}
        .value=${String(value)}
        @change=${heard}
      >
        ${choices.map((choice) => html`<wa-option value=${choice.value}>${choice.label}</wa-option>`)}
      </wa-select>`,
    )}`;
  }
  return html`<wa-input
    data-focus=${key}
    name=${key}
    type=${type}
    label=${label}
    hint=${help}
    .value=${String(value)}
    @change=${heard}
  ></wa-input>`;
}

/** What stands in the drawn field now; the view's own value when it holds nothing usable. */
export function fieldValue(view: FieldView, drawn: HTMLElement | null): Value {
  const found = drawn?.querySelector<Drawn>(`[name="${CSS.escape(view.key)}"]`);
  return (found && valueIn(view, found)) ?? view.value;
}

function valueIn({ type }: FieldView, { value, checked }: Drawn): Value | undefined {
  if (type === 'boolean') return checked;
  if (type !== 'number') return value;
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
}
