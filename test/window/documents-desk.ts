import { join } from 'node:path';
import type { CommandArguments, CommandResult, PanelElement } from '@sigill/core';
import { BehaviorSubject, Subject } from 'rxjs';
import type { DeskNeeds } from '../../host/desk/desk-needs.js';
import { HostDesk } from '../../host/desk/host-desk.js';
import { PluginLogs } from '../../host/desk/plugin-logs.js';
import type { Host } from '../../host/host.js';
import { Settings } from '../../host/settings/settings.js';
import { SettingsFile } from '../../host/settings/settings-file.js';
import { DocumentStage } from '../documents/stage.js';

export const panel = 'pdf.documents';
export const form: PanelElement = {
  kind: 'form',
  id: 'sign',
  fields: [
    { type: 'documents', key: 'documents', label: 'Documents', accept: ['pdf'], many: true },
    { type: 'password', key: 'passwords', documents: 'documents', locked: 'pdf.locked' },
    { type: 'area', key: 'place', label: 'Place', documents: 'documents', default: '' },
  ],
  submit: { command: 'pdf.sign', label: 'Sign' },
};
const about = { version: '1', api: '1', node: '20', system: 'L', simulated: true, log: '', settings: '', plugins: [] };

/** A desk over a real store of documents, and a plugin whose commands are in the test's hands. */
export class DocumentsDesk {
  readonly stage = new DocumentStage();
  readonly runs: { readonly id: string; readonly args: CommandArguments; end(result?: CommandResult): void }[] = [];
  readonly opened: string[] = [];
  readonly desk: HostDesk;
  /** Of the documents that are locked, by name. */
  readonly passwords = new Map<string, string>();
  state = 'running';

  constructor(more: Partial<DeskNeeds> = {}) {
    const commands = ['pdf.sign', 'pdf.verify', 'pdf.locked'].map((id) => ({ id, title: id }));
    const manifest = { name: 'pdf', title: 'PDF', contributes: { commands, panels: [{ id: panel, title: 'P' }] } };
    const plugin = { manifest, texts: { en: {}, sv: {}, fi: {} } };
    const host = {
      pcsc: { service: new BehaviorSubject({ available: true, readers: [] }) },
      cards: { readers: new BehaviorSubject([]) },
      documents: this.stage.store,
      plugins: {
        changes: new Subject(),
        list: () => [{ name: 'pdf', state: this.state, plugin }],
        panel: () => [form],
        commandOwner: () => plugin,
        openPanel: () => undefined,
        run: (id: string, args: CommandArguments) =>
          new Promise<CommandResult>((resolve) => {
            if (id === 'pdf.locked') return void setImmediate(() => resolve(this.#locked(args)));
            this.runs.push({ id, args, end: (result = { messages: [] }) => resolve(result) });
          }),
      },
      log: { info: () => undefined },
      now: () => new Date(),
    } as unknown as Host;
    this.desk = new HostDesk({
      host,
      settings: new Settings(new SettingsFile(join(this.stage.root, 'settings.json'))),
      language: 'en',
      logs: new PluginLogs([]),
      about,
      asking: new BehaviorSubject(undefined),
      autostart: () => undefined,
      files: { open: (path) => this.opened.push(`open ${path}`), show: (path) => this.opened.push(`show ${path}`) },
      ...more,
    });
    this.desk.start();
  }

  #locked({ documents, passwords }: CommandArguments): CommandResult {
    const typed = passwords as Readonly<Record<string, string>>;
    const isLocked = (id: string): boolean => {
      const name = this.desk.given.of(panel).find((one) => one.id === id)?.name ?? '';
      return (this.passwords.get(name) ?? '') !== '' && typed[id] !== this.passwords.get(name);
    };
    return {
      messages: [],
      data: { locked: (documents as string[]).filter(isLocked).map((document) => ({ document })) },
    };
  }

  dispose(): void {
    this.desk.dispose();
    this.stage.dispose();
  }
}
