import { inLanguage, type LocalText, type PanelButton, type PanelElement, type PanelField } from '@sigill/core';
import { failureText } from '../messages/failure-text.js';
import { type OwnTexts, sentences } from '../messages/sentences.js';
import type { Texts } from '../messages/texts.js';
import { cleanText } from '../plugins/clean-text.js';
import type { PluginState } from '../plugins/plugin-host.js';
import type { ActionView } from '../window/view/action-view.js';
import type { DocumentView, FormFieldView, PanelElementView, PanelView } from '../window/view/panel-view.js';
import type { Offered } from './action.js';
import { fieldView } from './field-view.js';
import { isTyped } from './typed-field.js';
import { pluginTitle } from './plugin-view.js';

/** The panels of a plugin that can run, with what it shows in them. */
export function panelViews(
  found: PluginState,
  shown: (id: string) => readonly PanelElement[],
  given: (id: string) => readonly DocumentView[],
  offered: Offered,
  texts: Texts,
): readonly PanelView[] {
  if (found.state === 'disabled' || found.state === 'broken') return [];
  const { language } = texts;
  return (found.plugin?.manifest.contributes.panels ?? []).map(({ id, title }) => {
    const elements = shown(id);
    return {
      id,
      title: inLanguage(title, language),
      plugin: pluginTitle(found, texts),
      ...condition(found, id, elements.length === 0, texts),
      elements: elements.map((element) => elementView(element, found.plugin?.texts, offered, texts)),
      documents: given(id),
    };
  });
}

/** How the plugin behind a panel does, where that is more than what it shows. */
function condition(
  found: PluginState,
  panel: string,
  empty: boolean,
  texts: Texts,
): Pick<PanelView, 'waiting' | 'failure' | 'actions'> {
  const { state, failure } = found;
  // One that ended badly and is being started once more is starting.
  if (failure !== undefined && state !== 'starting' && state !== 'running') {
    const again = { command: 'host.panel.again', args: { panel }, label: texts.text('action.try-again') };
    return { failure: failureText(texts, failure), actions: [again] };
  }
  if (!empty) return {};
  if (state === 'starting') return { waiting: texts.text('panel.starting', { plugin: pluginTitle(found, texts) }) };
  return { waiting: texts.text('panel.empty') };
}

function elementView(
  element: PanelElement,
  own: OwnTexts | undefined,
  offered: Offered,
  texts: Texts,
): PanelElementView {
  const words = (text: LocalText): string => cleanText(inLanguage(text, texts.language));
  const button = ({ command, args = {}, label }: PanelButton): ActionView => {
    const why = offered.why(command, args, texts);
    return { command, args, label: words(label), ...(why === undefined ? {} : { why }) };
  };
  const field = (found: PanelField): FormFieldView => {
    if (isTyped(found)) return fieldView(found, found.label, found.default, words);
    if (found.type === 'password') return { key: found.key, type: 'passwords' };
    const { key, label, help } = found;
    const named = { key, label: words(label), ...(help === undefined ? {} : { help: words(help) }) };
    if (found.type === 'area') return { ...named, type: 'area' };
    return { ...named, type: 'documents', accept: found.accept, many: found.many };
  };
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
    case 'findings':
      return {
        kind: 'findings',
        findings: element.findings.map(({ message, state }) => ({
          text: cleanText(sentences([message], own, texts).join(' ')),
          ...(state === undefined ? {} : { state }),
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
      return { kind: 'form', id: element.id, fields: element.fields.map(field), submit: button(element.submit) };
  }
}
