import type { PanelButton, PanelElement } from '@sigill/core';
import type { PanelContent } from './call-data.js';
import { message } from './message-shape.js';
import { localText, panelField, settingKey } from './setting-shape.js';
import { byKind, fraction, listOf, mapOf, oneOf, record, type Shape, text } from './shape.js';

const label = localText(200);
const button: Shape<PanelButton> = record({ command: text(100), label }, { args: mapOf(text(1_000), 20) });
const words = record({ kind: oneOf('heading', 'text'), text: localText(5_000) });

const element: Shape<PanelElement> = byKind<PanelElement>('kind', {
  heading: words,
  text: words,
  list: record({
    kind: oneOf('list'),
    items: listOf(record({ title: localText(500) }, { detail: localText(1_000) }), 500),
  }),
  findings: record({
    kind: oneOf('findings'),
    findings: listOf(record({ message }, { state: oneOf('good', 'attention', 'bad') }), 200),
  }),
  progress: record({ kind: oneOf('progress'), label }, { value: fraction }),
  buttons: record({ kind: oneOf('buttons'), buttons: listOf(button, 20) }),
  form: record({ kind: oneOf('form'), id: settingKey, fields: listOf(panelField, 50), submit: button }),
});

/** What a plugin may show in a panel of its own. */
export const panelContent: Shape<PanelContent> = record({ id: text(100), elements: listOf(element, 100) });
