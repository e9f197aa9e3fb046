import type {
  CardDetails,
  CardId,
  CommandArguments,
  CommandResult,
  ProgressStep,
  Reader,
  SignatureAlgorithm,
} from '@sigill/core';
import type { Observable } from 'rxjs';
import type { OwnTexts } from '../messages/sentences.js';
import type { PluginState } from '../plugins/plugin-state.js';
import type { DocumentsRequest, GivenDocuments, ResultFile } from './given-documents.js';

/** What may be done to a plugin. */
export type PluginAction = 'start' | 'stop' | 'enable' | 'disable';

export interface RunOptions {
  /** Hears how far the command is. */
  readonly progress?: (step: ProgressStep) => void;
  /** Cancels the command: nobody is asked for it any more. */
  readonly signal?: AbortSignal;
}

/**
 * What a shell may want of a host, whether it was opened for this very command or runs already in another process. A person is asked for
 * codes where the command was started. Every call fails as the host does; a host that goes away meanwhile with `host-ended`.
 */
export interface ReachedHost {
  /** The readers once none of them is being read; `full` also with what could wait: the PUK's counter and printed numbers. Fails with `service-absent`, `no-reader`, `cancelled`. */
  readers(options: { readonly full?: boolean; readonly signal: AbortSignal }): Promise<readonly Reader[]>;
  /** The readers each time that they are settled. What is, replaying the last. */
  watch(): Observable<readonly Reader[]>;
  /** As `Cards.details`. */
  details(card: CardId): Promise<CardDetails>;
  /** A certificate of the card as DER. Fails with `certificate-unknown`. */
  certificate(card: CardId, id: string): Promise<Uint8Array>;
  /** Makes a trial signature with a key and checks it; gives the algorithm. Fails with `key-…`, and as signing does. */
  testKey(card: CardId, id: string, signal: AbortSignal): Promise<SignatureAlgorithm>;
  /** Runs a command of a plugin. Fails with `command-unknown`, `plugin-…`, `cancelled`, and as the command fails. */
  run(command: string, args: CommandArguments, options?: RunOptions): Promise<CommandResult>;
  /**
   * Gives files to a plugin for the length of `use`, which runs its commands on them; `told` hears of each result. Fails with `file-unreadable` before that when one
   * of them cannot be read, and as `use` does.
   */
  withDocuments<T>(
    request: DocumentsRequest,
    use: (documents: GivenDocuments) => Promise<T>,
    told?: (file: ResultFile) => void,
  ): Promise<T>;
  /** The words of the plugin that a command belongs to. */
  texts(command: string): Promise<OwnTexts | undefined>;
  plugins(): Promise<readonly PluginState[]>;
  /** Fails with `plugin-unknown`. */
  plugin(name: string, action: PluginAction): Promise<void>;
}
