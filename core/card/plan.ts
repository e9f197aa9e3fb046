import type { PinFormat } from './profile.js';

/** The secrets a plan can ask for. The value never stands in a plan: the host's broker fills it in. */
export type SecretName = 'current' | 'puk' | 'code' | 'new';

/** A piece of a planned command's body: known bytes, or a place for a secret. */
export type BodyPart =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'secret'; readonly secret: SecretName; readonly format: PinFormat };

/** A command with places for secrets (architecture: *the host executes the plan inside one transaction*). */
export interface PlannedCommand {
  /** For messages and traces: `select-application`, `verify`, `change`, `unblock`, … */
  readonly step: string;
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly body?: readonly BodyPart[];
  readonly le?: number;
}

export type Plan = readonly PlannedCommand[];
