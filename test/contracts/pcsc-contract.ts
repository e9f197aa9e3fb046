import { calmContract } from './pcsc-calm.js';
import { roughContract } from './pcsc-rough.js';
import { PcscStage } from './pcsc-stage.js';
import type { PcscWorld } from './pcsc-world.js';

/** What every `Pcsc` must do, in words of the world that `make` gives. */
export function pcscContract(make: () => Promise<PcscWorld>): void {
  const at = new PcscStage(make);
  calmContract(at);
  roughContract(at);
}
