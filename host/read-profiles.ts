import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, type FailureData, failureData } from '@sigill/core';
import { type CardProfile, parseProfile } from '@sigill/core/card';
import type { FoundPlugin } from './plugins/finder.js';

/** The card profiles of all plugins, in their order, and what could not be used: one that is broken never stops the others. */
export interface ReadProfiles {
  readonly profiles: readonly CardProfile[];
  readonly broken: readonly FailureData[];
}

/** Reads the profiles that plugins contribute. Runs nothing of them. */
export async function readProfiles(plugins: readonly FoundPlugin[]): Promise<ReadProfiles> {
  const paths = plugins.flatMap(({ folder, manifest }) =>
    (manifest.contributes.cardProfiles ?? []).map((path) => join(folder, path)),
  );
  const read = await Promise.all(paths.map(readProfile));
  return {
    profiles: read.filter((found): found is CardProfile => !('code' in found)),
    broken: read.filter((found): found is FailureData => 'code' in found),
  };
}

async function readProfile(path: string): Promise<CardProfile | FailureData> {
  try {
    return parseProfile(JSON.parse(await readFile(path, 'utf8')), path);
  } catch (error) {
    const file = error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined;
    return failureData(file && error instanceof Error && error.name !== 'Failure' ? invalid(path, error) : error);
  }
}

const invalid = (path: string, error: Error): Failure =>
  new Failure('profile-invalid', { path, why: error.message }, error);
