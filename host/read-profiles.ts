import { join } from 'node:path';
import { Failure, type FailureData, failureData } from '@sigill/core';
import { type CardProfile, parseProfile } from '@sigill/core/card';
import type { FoundPlugin } from './plugins/finder.js';
import { Mismatch } from './plugins/shape.js';
import { readSmallFile } from './plugins/small-file.js';

/** The card profiles of all plugins, in their order, and what could not be used: one that is broken never stops the others. */
export interface ReadProfiles {
  readonly profiles: readonly CardProfile[];
  readonly broken: readonly FailureData[];
  /** The plugins again: one with a broken profile tells the first of them. */
  readonly plugins: readonly FoundPlugin[];
}

/** Bytes. */
const largest = 1_000_000;

/** Reads the profiles that plugins contribute. Runs nothing of them. */
export async function readProfiles(plugins: readonly FoundPlugin[]): Promise<ReadProfiles> {
  const read = await Promise.all(plugins.map(profilesOf));
  const all = read.flat();
  return {
    profiles: all.filter((found): found is CardProfile => !isBroken(found)),
    broken: all.filter(isBroken),
    plugins: plugins.map((plugin, index) => {
      const failure = read[index]?.find(isBroken);
      return failure === undefined ? plugin : { ...plugin, failure };
    }),
  };
}

function profilesOf({ folder, manifest }: FoundPlugin): Promise<readonly (CardProfile | FailureData)[]> {
  return Promise.all((manifest.contributes.cardProfiles ?? []).map((path) => readProfile(join(folder, path))));
}

async function readProfile(path: string): Promise<CardProfile | FailureData> {
  try {
    const source = await readSmallFile(path, largest);
    if (source === undefined) throw new Mismatch('', 'there is no such file');
    return parseProfile(JSON.parse(source), path);
  } catch (error) {
    const told = error instanceof SyntaxError || error instanceof Mismatch || isOfTheSystem(error);
    return failureData(told ? new Failure('profile-invalid', { path, why: error.message }, error) : error);
  }
}

const isBroken = (found: CardProfile | FailureData): found is FailureData => 'code' in found;

const isOfTheSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;
