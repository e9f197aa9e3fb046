import { afterAll, beforeAll, describe } from 'vitest';
import { openPcscMini } from '../../host/cards/pcsc-mini.js';
import { openPcsclite } from '../../host/cards/pcsclite.js';
import { pcscContract } from '../contracts/pcsc-contract.js';
import { pcscDaemon, type PcscDaemon } from './pcscd.js';
import { virtualWorld } from './virtual-world.js';

let daemon: PcscDaemon;

beforeAll(async () => {
  daemon = await pcscDaemon();
  Object.assign(process.env, daemon.env);
});

afterAll(() => daemon.dispose());

const briefly = { busyAfter: 400 };

describe('pcsc-mini on a real pcscd keeps the contract', () => {
  pcscContract(() => virtualWorld(daemon, () => openPcscMini(briefly)));
});

describe('pcsclite on a real pcscd keeps the contract', () => {
  pcscContract(() => virtualWorld(daemon, () => openPcsclite(briefly)));
});
