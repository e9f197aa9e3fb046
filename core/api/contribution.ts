import type { Disposable } from '../disposable.js';
import { token } from '../token.js';

/** A plugin at work: started once in its process, given back when the process ends. */
export interface Contribution {
  readonly id: string;
  start(): Disposable;
}

export const Contribution = token<Contribution>('Contribution');
