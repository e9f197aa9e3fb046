import type { Card } from '@sigill/core';
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { filter, firstValueFrom, map } from 'rxjs';
import type { Host } from '../../host/dist/host.js';
import { wireHost } from '../../host/dist/wiring.js';
import type { OwnChoices } from '../../host/own-choices.js';
import { findPaths } from '../../host/paths.js';
import { findPlugins, type PluginFolders } from '../../host/plugins/finder.js';
import { logTo } from '../faults/scene.js';
import type { ScriptedPrompt } from '../faults/scripted-prompt.js';
import { profiles } from '../faults/stage.js';
import { DocumentStage } from './stage.js';

/** The whole host in a stage for documents, with a card in `Reader 1`. */
export class DocumentHost {
  readonly stage: DocumentStage;
  readonly host: Host;
  readonly readers: SimulatedReaders;

  private constructor(stage: DocumentStage, host: Host, readers: SimulatedReaders) {
    this.stage = stage;
    this.host = host;
    this.readers = readers;
  }

  /** `plugins` is told the folder of the stage. `prompt` is asked for at each question. */
  static async start(
    prompt: () => ScriptedPrompt,
    plugins: (stage: DocumentStage) => PluginFolders,
    own?: OwnChoices,
  ): Promise<DocumentHost> {
    const stage = new DocumentStage();
    const readers = new SimulatedReaders();
    const environment = { XDG_STATE_HOME: stage.state, XDG_CACHE_HOME: stage.state, XDG_RUNTIME_DIR: stage.runtime };
    const host = wireHost({
      paths: findPaths(environment, 'linux', stage.root),
      language: () => 'en',
      log: logTo([]),
      pcsc: readers,
      prompt: { ask: (form, signal) => prompt().ask(form, signal) },
      plugins: await findPlugins(plugins(stage)),
      profiles,
      requester: 'Sigill',
      signal: new AbortController().signal,
      ...(own === undefined ? {} : { own }),
    });
    readers.addReader('Reader 1');
    readers.insert('Reader 1', createCard('fineid-v4', 'normal'));
    return new DocumentHost(stage, host, readers);
  }

  /** The card, once it is ready. */
  card(): Promise<Card> {
    return firstValueFrom(
      this.host.cards.readers.pipe(
        map(([reader]) => (reader?.state === 'ready' ? reader.card : undefined)),
        filter((card) => card !== undefined),
      ),
    );
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.readers.close();
    this.stage.dispose();
  }
}
