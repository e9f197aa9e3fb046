import type { Command } from './apdu.js';
import { fromHex, joined } from './bytes.js';
import type { CardProfile, PinFormat, ProfilePin } from './profile.js';

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

/** Known bytes as the body of a planned command. */
export const bytesPart = (bytes: Uint8Array): BodyPart => ({ kind: 'bytes', bytes });

/** SELECT of a DF by name without an answer, `name` in hex. */
export function selectByName(step: string, name: string): PlannedCommand {
  return { step, cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, body: [bytesPart(fromHex(name))] };
}

/** Selects the card's application. */
export function planSelect(profile: CardProfile): Plan {
  return [selectByName('select-application', profile.application)];
}

/** What makes the card forget verified PINs; `reset` when only a reset of the card does. */
export function planDrop(profile: CardProfile): Plan | 'reset' {
  if (profile.drop === 'reset') return 'reset';
  if (profile.drop === 'select-application') return planSelect(profile);
  const [cla, ins, p1, p2, , ...data] = fromHex(profile.drop.slice('command:'.length));
  const header = { step: 'drop', cla: cla ?? 0, ins: ins ?? 0, p1: p1 ?? 0, p2: p2 ?? 0 };
  return [data.length === 0 ? header : { ...header, body: [bytesPart(Uint8Array.from(data))] }];
}

/** The command that `planned` becomes with its secrets filled in. The caller wipes its `data` and what `fill` gave. */
export function toCommand(
  planned: PlannedCommand,
  fill: (secret: SecretName, format: PinFormat) => Uint8Array,
): Command {
  const { cla, ins, p1, p2, body, le } = planned;
  const data =
    body && joined(body.map((part) => (part.kind === 'bytes' ? part.bytes : fill(part.secret, part.format))));
  return { cla, ins, p1, p2, ...(data && { data }), ...(le !== undefined && { le }) };
}

/** A place for `secret` in the form that `pin` has on the card. */
export const secretPart = (secret: SecretName, pin: ProfilePin): BodyPart => ({
  kind: 'secret',
  secret,
  format: pin.format,
});
