import type {
  ActivationOutcome,
  CardDetails,
  CardEvent,
  CardId,
  CommandArguments,
  CommandResult,
  PanelElement,
  PinOutcome,
  PinRequest,
  ProgressStep,
  Reader,
  SettingValue,
  Signature,
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

/** A line for the log. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly line: string;
}

/** A command and what it is to work on. */
export interface CommandCall {
  readonly id: string;
  readonly args: CommandArguments;
}

/** A command that runs now: how far it is. `run` is what the host called this run. */
export interface ProgressReport {
  readonly run: string;
  readonly step: ProgressStep;
}

/** What a panel is to show. */
export interface PanelContent {
  readonly id: string;
  readonly elements: readonly PanelElement[];
}

/** A command that is to be run now. */
export interface RunCall extends CommandCall {
  /** Names this run in `progress.report`. */
  readonly run: string;
}

/** What a plugin is told about itself. */
export interface PluginStart {
  readonly name: string;
  /** Absolute path of its main module. */
  readonly main: string;
  /** Ids of the commands in its manifest. */
  readonly commands: readonly string[];
}

/** What a plugin process may ask of the host. Nothing here can carry a PIN. */
export interface HostCalls {
  'cards.details'(request: { readonly card: CardId }): Promise<CardDetails>;
  'commands.offer'(offer: CommandCall): Promise<void>;
  'log.write'(line: LogLine): Promise<void>;
  'panels.show'(panel: PanelContent): Promise<void>;
  'pins.activate'(request: { readonly card: CardId }): Promise<ActivationOutcome>;
  'pins.change'(request: PinRequest): Promise<PinOutcome>;
  'pins.unlock'(request: PinRequest): Promise<PinOutcome>;
  'pins.verify'(request: PinRequest): Promise<PinOutcome>;
  'progress.report'(report: ProgressReport): Promise<void>;
  'signing.sign'(request: SignRequest): Promise<Signature>;
  'programs.profiles'(nothing: Record<never, never>): Promise<readonly ProgramProfile[]>;
  'programs.bridge'(nothing: Record<never, never>): Promise<Bridge>;
  'programs.plan'(wish: SetUpWish): Promise<SetUpOutcome>;
  'programs.apply'(wish: SetUpWish): Promise<SetUpOutcome>;
  'programs.closed'(request: { readonly profile: ProfileId }): Promise<void>;
  'programs.test'(nothing: Record<never, never>): Promise<readonly ProfileTest[]>;
  'programs.sign'(request: { readonly profile: ProfileId }): Promise<TrialSignature>;
  'programs.undo'(nothing: Record<never, never>): Promise<UndoOutcome>;
}

/** What the host asks of a plugin process, or tells it. */
export interface PluginCalls {
  /** All readers as they are now. Told before `plugin.start`, and at every change; only with permission `cards`. */
  'cards.changed'(now: { readonly readers: readonly Reader[] }): Promise<void>;
  'cards.happened'(what: { readonly event: CardEvent }): Promise<void>;
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
  'cards.details',
  'commands.offer',
  'log.write',
  'panels.show',
  'pins.activate',
  'pins.change',
  'pins.unlock',
  'pins.verify',
  'progress.report',
  'signing.sign',
  'programs.profiles',
  'programs.bridge',
  'programs.plan',
  'programs.apply',
  'programs.closed',
  'programs.test',
  'programs.sign',
  'programs.undo',
] as const satisfies readonly HostCall[];

export const pluginCalls = [
  'cards.changed',
  'cards.happened',
  'commands.run',
  'plugin.start',
  'plugin.stop',
  'settings.changed',
] as const satisfies readonly PluginCall[];

/** The parameters of a call. */
export type Request<Calls, C extends keyof Calls> = Calls[C] extends (request: infer P) => unknown ? P : never;

/** What a call is answered with. */
export type Answer<Calls, C extends keyof Calls> = Calls[C] extends (request: never) => Promise<infer R> ? R : never;
