import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { FieldView, FormFieldView, PanelElementView, PanelView } from '../../view/panel-view.js';
import { actionButton, actionRow, button } from '../parts/button.js';
import type { AreaField } from '../parts/area-field.js';
import { documentsField } from '../parts/documents-field.js';
import { field, fieldValue } from '../parts/field.js';
import { findings } from '../parts/findings.js';
import { passwordFields, passwordsIn } from '../parts/password-fields.js';
import type { Scene } from '../scene.js';

type Form = Extract<PanelElementView, { kind: 'form' }>;

/** A panel of a plugin, drawn from its data. */
export function panel(scene: Scene, id: string): TemplateResult {
  const shown = scene.view.panels.find((one) => one.id === id);
  if (shown === undefined) return html``;
  return html`<div class="panel">
    <h1>${shown.title}</h1>
    ${condition(scene, shown)}
    ${repeat(withPlaces(shown), placeOf, ({ element }) => drawElement(scene, shown, element))}
  </div>`;
}

interface Placed {
  readonly place: string;
  readonly element: PanelElementView;
}

const placeOf = ({ place }: Placed): string => place;

/**
 * Each element with its place: a form's is its id, others are counted from the form above them. So a form that is shown again is the same
 * one, with what the person has set in it, whatever has come or gone above it.
 */
function withPlaces({ id, elements }: PanelView): readonly Placed[] {
  let [above, count] = [id, 0];
  const placed = elements.map((element): Placed => {
    if (element.kind !== 'form') return { place: `${above} ${(count += 1)}`, element };
    [above, count] = [`${id}/${element.id}`, 0];
    return { place: above, element };
  });
  return firstOfEach(placed, placeOf);
}

/** Without those of a name that was there before: nobody could tell them apart. */
function firstOfEach<T>(list: readonly T[], name: (one: T) => string): readonly T[] {
  return list.filter((one, at) => list.findIndex((other) => name(other) === name(one)) === at);
}

/** How the plugin does, while that is more than what it shows. */
function condition(scene: Scene, { waiting, failure, actions = [] }: PanelView): TemplateResult | typeof nothing {
  if (failure !== undefined) {
    return html`<wa-callout variant="danger">
      <p data-news>${failure}</p>
      ${actionRow(scene, actions)}
    </wa-callout>`;
  }
  return waiting === undefined ? nothing : html`<p class="panel-waiting" data-news>${waiting}</p>`;
}

function drawElement(scene: Scene, panel: PanelView, element: PanelElementView): unknown {
  switch (element.kind) {
    case 'heading':
      return html`<h2>${element.text}</h2>`;
    case 'text':
      return html`<p>${element.text}</p>`;
    case 'list':
      return html`<ul class="rows">
        ${element.items.map(
          ({ title, detail }) =>
            html`<li class="plain-row">
              <strong>${title}</strong>${detail === undefined ? nothing : html`<small>${detail}</small>`}
            </li>`,
        )}
      </ul>`;
    case 'findings':
      return findings(scene, element.findings);
    case 'progress':
      return html`<div class="progress">
        <p>${element.label}</p>
        ${
          element.value === undefined
            ? html`<wa-progress-bar label=${element.label} indeterminate></wa-progress-bar>`
            : html`<wa-progress-bar label=${element.label} value=${Math.round(element.value * 100)}></wa-progress-bar>`
        }
      </div>`;
    case 'buttons':
      return actionRow(scene, element.actions, 'first');
    case 'form':
      return form(scene, panel, element);
    default:
      // A kind that a newer host knows is left out.
      return nothing;
  }
}

/** What the person typed lives in the fields themselves until it is submitted, however often the host's view changes. */
function form(scene: Scene, panel: PanelView, { id, fields, submit }: Form): TemplateResult {
  const send = (): void => {
    const drawn = document.getElementById(`form-${id}`);
    scene.send({ kind: 'submit', panel: panel.id, form: id, values: valuesOf(panel, fields, drawn) });
  };
  return html`<div class="form" role="group" id="form-${id}">
    ${repeat(
      // What was set in one field is never taken for another's.
      firstOfEach(fields, keyOf),
      keyOf,
      (one) => formField(scene, panel, one),
    )}
    <div class="actions">
      ${submit.why === undefined ? button(submit.label, 'first', send) : actionButton(scene, submit, 'first')}
    </div>
  </div>`;
}

const keyOf = ({ key }: FormFieldView): string => key;

function formField(scene: Scene, panel: PanelView, one: FormFieldView): TemplateResult | typeof nothing {
  if (one.type === 'documents') return documentsField(scene, panel, one);
  if (one.type === 'passwords') return passwordFields(scene, panel, one);
  if (one.type !== 'area') return field(one, () => {});
  const [first] = panel.documents ?? [];
  return html`<sigill-area name=${one.key} .field=${one} .document=${first} .word=${scene.word}></sigill-area>`;
}

/** The host itself knows the documents. */
function valuesOf(
  panel: PanelView,
  fields: readonly FormFieldView[],
  drawn: HTMLElement | null,
): Record<string, FieldView['value']> {
  return Object.fromEntries(
    fields.flatMap((one): readonly (readonly [string, FieldView['value']])[] => {
      if (one.type === 'documents') return [];
      if (one.type === 'passwords') return Object.entries(passwordsIn(panel, one));
      if (one.type !== 'area') return [[one.key, fieldValue(one, drawn)]];
      return [[one.key, drawn?.querySelector<AreaField>(`sigill-area[name="${CSS.escape(one.key)}"]`)?.value ?? '']];
    }),
  );
}
