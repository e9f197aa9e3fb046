import type {
  AgreeRequest,
  DecipherRequest,
  ActivationOutcome,
  ByteRange,
  CardDetails,
  CardEvent,
  CardId,
  CommandResult,
  Delivery,
  DigestAlgorithm,
  DocumentId,
  DocumentInfo,
  DocumentSignature,
  NetRequest,
  PinOutcome,
  PinRequest,
  Reader,
  SettingValue,
  Signature,
  SignDocumentsRequest,
  SignRequest,
  Bridge,
  ProfileId,
  ProfileTest,
  ProgramProfile,
  SetUpOutcome,
  SetUpWish,
  TrialSignature,
  UndoOutcome,
} from '@sigill/core';
import type {
  LogLine,
  CommandCall,
  ProgressReport,
  OfRun,
  PanelContent,
  RunCall,
  NetAnswer,
  TrustPage,
  PluginStart,
} from './call-data.js';
import type { Parcel } from './parcels.js';

/** What a plugin process may ask of the host. Nothing here can carry a PIN. */
export interface HostCalls {
  'cards.certificate'(request: { readonly card: CardId; readonly id: string }): Promise<Uint8Array>;
  'cards.details'(request: { readonly card: CardId }): Promise<CardDetails>;
  'commands.offer'(offer: CommandCall): Promise<void>;
  'documents.append'(request: { readonly draft: DocumentId; readonly bytes: Uint8Array }): Promise<number>;
  'documents.deliver'(delivery: Delivery): Promise<DocumentInfo>;
  'documents.digest'(request: {
    readonly document: DocumentId;
    readonly algorithm: DigestAlgorithm;
    readonly ranges: readonly ByteRange[];
  }): Promise<Uint8Array>;
  'documents.discard'(request: { readonly draft: DocumentId; readonly why?: string }): Promise<void>;
  'documents.draft'(request: { readonly document: DocumentId; readonly start?: 'copy' | 'empty' }): Promise<DocumentId>;
  'documents.info'(request: { readonly document: DocumentId }): Promise<DocumentInfo>;
  'documents.patch'(request: {
    readonly draft: DocumentId;
    readonly offset: number;
    readonly bytes: Uint8Array;
  }): Promise<void>;
  'documents.read'(request: { readonly document: DocumentId; readonly range: ByteRange }): Promise<Uint8Array>;
  'log.write'(line: LogLine): Promise<void>;
  'net.request'(request: NetRequest): Promise<NetAnswer>;
  'panels.show'(panel: PanelContent): Promise<void>;
  'parcels.fetch'(request: { readonly parcel: string; readonly offset: number }): Promise<Uint8Array>;
  'pins.activate'(request: { readonly card: CardId } & OfRun): Promise<ActivationOutcome>;
  'pins.change'(request: PinRequest & OfRun): Promise<PinOutcome>;
  'pins.unlock'(request: PinRequest & OfRun): Promise<PinOutcome>;
  'pins.verify'(request: PinRequest & OfRun): Promise<PinOutcome>;
  'progress.report'(report: ProgressReport): Promise<void>;
  'programs.profiles'(nothing: Record<never, never>): Promise<readonly ProgramProfile[]>;
  'programs.bridge'(nothing: Record<never, never>): Promise<Bridge>;
  'programs.plan'(wish: SetUpWish): Promise<SetUpOutcome>;
  'programs.apply'(wish: SetUpWish & OfRun): Promise<SetUpOutcome>;
  'programs.closed'(request: { readonly profile: ProfileId } & OfRun): Promise<void>;
  'programs.test'(nothing: Record<never, never>): Promise<readonly ProfileTest[]>;
  'programs.sign'(request: { readonly profile: ProfileId } & OfRun): Promise<TrialSignature>;
  'programs.undo'(nothing: OfRun): Promise<UndoOutcome>;
  'settings.keep'(request: { readonly key: string; readonly value: SettingValue }): Promise<void>;
  'signing.sign'(request: SignRequest & OfRun): Promise<Signature>;
  'signing.signDocuments'(request: SignDocumentsRequest & OfRun): Promise<readonly DocumentSignature[]>;
  'trust.anchors'(request: { readonly from: number }): Promise<TrustPage>;
  'trust.list'(nothing: Record<never, never>): Promise<Parcel | undefined>;
  'decrypting.decipher'(request: DecipherRequest & OfRun): Promise<Uint8Array>;
  'decrypting.agree'(request: AgreeRequest & OfRun): Promise<Uint8Array>;
}

/** What the host asks of a plugin process, or tells it. */
export interface PluginCalls {
  /** All readers as they are now. Told before `plugin.start`, and at every change; only with permission `cards`. */
  'cards.changed'(now: { readonly readers: readonly Reader[] }): Promise<void>;
  'cards.happened'(what: { readonly event: CardEvent }): Promise<void>;
  /** The person cancelled a run. */
  'commands.cancel'(what: { readonly run: string }): Promise<void>;
  'commands.run'(command: RunCall): Promise<CommandResult>;
  /** Loads the plugin and starts it. */
  'plugin.start'(start: PluginStart): Promise<void>;
  /** Gives back what the plugin started; the process ends after it. */
  'plugin.stop'(nothing: Record<never, never>): Promise<void>;
  /** The values of the plugin's own settings. Told before `plugin.start`, and at every change; only to one that has settings. */
  'settings.changed'(now: { readonly values: Readonly<Record<string, SettingValue>> }): Promise<void>;
}

export type HostCall = keyof HostCalls;
export type PluginCall = keyof PluginCalls;

export const hostCalls = [
  'cards.certificate',
  'cards.details',
  'commands.offer',
  'documents.append',
  'documents.deliver',
  'documents.digest',
  'documents.discard',
  'documents.draft',
  'documents.info',
  'documents.patch',
  'documents.read',
  'log.write',
  'net.request',
  'panels.show',
  'parcels.fetch',
  'pins.activate',
  'pins.change',
  'pins.unlock',
  'pins.verify',
  'progress.report',
  'settings.keep',
  'signing.sign',
  'signing.signDocuments',
  'trust.anchors',
  'trust.list',
  'programs.profiles',
  'programs.bridge',
  'programs.plan',
  'programs.apply',
  'programs.closed',
  'programs.test',
  'programs.sign',
  'programs.undo',
  'decrypting.decipher',
  'decrypting.agree',
] as const satisfies readonly HostCall[];

export const pluginCalls = [
  'cards.changed',
  'cards.happened',
  'commands.cancel',
  'commands.run',
  'plugin.start',
  'plugin.stop',
  'settings.changed',
] as const satisfies readonly PluginCall[];

/** The parameters of a call. */
export type Request<Calls, C extends keyof Calls> = Calls[C] extends (request: infer P) => unknown ? P : never;

/** What a call is answered with. */
export type Answer<Calls, C extends keyof Calls> = Calls[C] extends (request: never) => Promise<infer R> ? R : never;
