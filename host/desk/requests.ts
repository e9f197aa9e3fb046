import {
  type CommandArguments,
  Failure,
  inLanguage,
  type Json,
  type PanelElement,
  type SettingValue,
} from '@sigill/core';
import { cleanLine } from '../plugins/clean-text.js';
import { isLikeCode, misfit } from '../plugins/setting-values.js';
import { passwordKey, type WindowRequest } from '../window/requests.js';
import { chooseLanguage } from './choose-language.js';
import { chooseDocuments } from './give-documents.js';
import type { HostDesk } from './host-desk.js';
import { openPanel } from './open-panel.js';
import { runCommand } from './run-command.js';
import { changeSetting } from './change-setting.js';
import { unlockDocuments } from './unlock-documents.js';

/** Carries out what the page asks. Fails with a `Failure` for what cannot be. */
export async function carryOut(desk: HostDesk, request: WindowRequest): Promise<void> {
  switch (request.kind) {
    case 'run':
      return await runCommand(desk, request.command, request.args);
    case 'cancel':
      return desk.activities.cancel(request.activity);
    case 'dismiss':
      return desk.activities.dismiss(request.activity);
    case 'language':
      return await chooseLanguage(desk, request.language);
    case 'setting':
      return await changeSetting(desk, request.owner, request.key, request.value);
    case 'details':
      return await desk.readDetails(request.card);
    case 'open-panel':
      return openPanel(desk, request.panel);
    case 'choose':
      await chooseDocuments(desk, request.panel);
      return;
    case 'forget':
      desk.locks.forget(request.document);
      return desk.given.remove(request.panel, request.document);
    case 'unlock':
      await unlockDocuments(desk, request.panel, request.typed);
      return;
    case 'submit':
      return await submit(desk, request);
  }
}

type Form = Extract<PanelElement, { kind: 'form' }>;
type Submit = Extract<WindowRequest, { kind: 'submit' }>;

/** A form of a panel: its command gets what was typed, each value checked against its field. */
async function submit(desk: HostDesk, { panel, form, values }: Submit): Promise<void> {
  const { plugins } = desk.needs.host;
  const found = plugins.panel(panel).find((element): element is Form => element.kind === 'form' && element.id === form);
  if (found === undefined) throw new Failure('panel-unknown', { panel: cleanLine(panel, 100) });
  const documents = found.fields.some(({ type }) => type === 'documents') ? desk.given.of(panel) : [];
  const password = found.fields.find(({ type }) => type === 'password')?.key;
  const keys = new Set([
    ...found.fields.flatMap(({ key, type }) => (type === 'password' ? [] : [key])),
    ...(password === undefined ? [] : documents.map(({ id }) => passwordKey(password, id))),
  ]);
  const unknown = Object.keys(values).find((key) => !keys.has(key));
  if (unknown !== undefined) throw new Failure('setting-unknown', { key: cleanLine(unknown, 50) });
  const given: CommandArguments = Object.fromEntries(
    found.fields.flatMap((field): readonly (readonly [string, Json])[] => {
      if (field.type === 'password') return [];
      if (field.type === 'documents') {
        const ids = documents.map(({ id }) => id);
        return [[field.key, field.many ? ids : ids.slice(0, 1)]];
      }
      if (field.type === 'area') return [[field.key, areaIn(field.key, values[field.key] ?? '')]];
      const value = values[field.key] ?? field.default;
      const why = misfit(field, value);
      if (why !== undefined) throw new Failure('setting-invalid', { key: field.key, why });
      // A plugin never gets a code: what looks like one stays here.
      if (field.type !== 'choice' && isLikeCode(value))
        throw new Failure('value-like-code', { label: cleanLine(inLanguage(field.label, desk.language), 100) });
      return [[field.key, value]];
    }),
  );
  const passwords = await unlockDocuments(desk, panel, values);
  await runCommand(desk, found.submit.command, { ...found.submit.args, ...given }, documents, undefined, passwords);
}

/** Page and rectangle: five numbers in points. A plugin never gets anything else in this place. */
function areaIn(key: string, value: SettingValue): string {
  const number = String.raw`\d{1,6}(?:\.\d{1,3})?`;
  if (value === '' || new RegExp(`^[1-9]\\d{0,5}(?:,${number}){4}$`).test(String(value))) return String(value);
  throw new Failure('setting-invalid', { key, why: 'page,x,y,width,height' });
}
