import { isFailure } from '../../failure.js';
import { readFile, selectFile, selectName } from '../card-files.js';
import type { Channel } from '../channel.js';
import { type CardApplication, parseApplications } from './application.js';

// "PKCS-15" under the RID of RSA Laboratories, and ISO/IEC 7816-15 under its own (§7.4).
const pkcs15 = 'a000000063504b43532d3135';
const isoRid = 'e828bd080f';

/** Finds the card's ISO/IEC 7816-15 application and selects it: by EF.DIR, else by its usual name. Undefined when the card has none. */
export async function findApplication(channel: Channel): Promise<CardApplication | undefined> {
  const named = (await readEfDir(channel)).filter(({ aid }) => aid.startsWith(pkcs15) || aid.startsWith(isoRid));
  for (const application of [...named, usual]) {
    if (await selectName(channel, application.aid)) return application;
  }
  return undefined;
}

const usual: CardApplication = { aid: pkcs15, path: '3f005015' };

async function readEfDir(channel: Channel): Promise<readonly CardApplication[]> {
  for (const path of ['2F00', '3F002F00']) {
    const file = await selectFile(channel, path);
    if (file) return parseApplications(await orNothing(readFile(channel, file))).entries;
  }
  return [];
}

// A broken EF.DIR is no reason to give up: the usual name is tried all the same.
async function orNothing(read: Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await read;
  } catch (error) {
    if (isFailure(error, 'card-malformed')) return new Uint8Array();
    throw error;
  }
}
