import { type Pkcs11Stage, pkcs11Stage } from '../pkcs11/stage.js';
import { type ProgramsBeside, programsBeside } from './programs-beside.js';

export { digest, module, type Outcome } from './programs-beside.js';

/** Programs of Debian's before a host with simulated readers in this process, where faults can be put in. */
export interface Pkcs11Desk extends Pkcs11Stage, Omit<ProgramsBeside, 'close'> {}

/** Sets the desk up with a card in each reader. */
export async function pkcs11Desk(...cards: readonly string[]): Promise<Pkcs11Desk> {
  const stage = await pkcs11Stage(cards);
  const programs = programsBeside(stage.env);
  return {
    ...stage,
    ...programs,
    async close() {
      programs.close();
      await stage.close();
    },
  };
}
