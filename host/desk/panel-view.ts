import { inLanguage, type LocalText, type PanelButton, type PanelElement, type PanelField } from '@sigill/core';
import type { Texts } from '../messages/texts.js';
import { cleanText } from '../plugins/clean-text.js';
import type { PluginState } from '../plugins/plugin-host.js';
import type { ActionView, FieldView, PanelElementView, PanelView } from '../window/view.js';
import type { Offered } from './action.js';
import { fieldView } from './field-view.js';
import { isTyped } from './typed-field.js';
import { pluginTitle } from './plugin-view.js';

/** The panels of a plugin that can run, with what it shows in them. */
export function panelViews(
  found: PluginState,
  shown: (id: string) => readonly PanelElement[],
  offered: Offered,
  texts: Texts,
): readonly PanelView[] {
  if (found.state === 'disabled' || found.state === 'broken') return [];
  const { language } = texts;
  return (found.plugin?.manifest.contributes.panels ?? []).map(({ id, title }) => ({
    id,
    title: inLanguage(title, language),
    plugin: pluginTitle(found, texts),
    elements: shown(id).map((element) => elementView(element, offered, texts)),
  }));
}

function elementView(element: PanelElement, offered: Offered, texts: Texts): PanelElementView {
  const words = (text: LocalText): string => cleanText(inLanguage(text, texts.language));
  const button = ({ command, args = {}, label }: PanelButton): ActionView => {
    const why = offered.why(command, args, texts);
    return { command, args, label: words(label), ...(why === undefined ? {} : { why }) };
  };
  const field = (found: PanelField): readonly FieldView[] =>
    isTyped(found) ? [fieldView(found, found.label, found.default, words)] : [];
  switch (element.kind) {
    case 'heading':
    case 'text':
      return { kind: element.kind, text: words(element.text) };
    case 'list':
      return {
        kind: 'list',
        items: element.items.map(({ title, detail }) => ({
          title: words(title),
          ...(detail === undefined ? {} : { detail: words(detail) }),
        })),
      };
    case 'progress':
      return {
        kind: 'progress',
        label: words(element.label),
        ...(element.value === undefined ? {} : { value: element.value }),
      };
    case 'buttons':
      return { kind: 'buttons', actions: element.buttons.map(button) };
    case 'form':
      return { kind: 'form', id: element.id, fields: element.fields.flatMap(field), submit: button(element.submit) };
  }
}
