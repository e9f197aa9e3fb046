import { createRequire } from 'node:module';
import { Failure } from '@sigill/core';

/** A native package, which is CommonJS and optional, also for the compiler. Fails with `service-absent` when it cannot be loaded on this computer. */
export function loadPackage<T>(name: string): T {
  try {
    return createRequire(import.meta.url)(name) as T;
  } catch (error) {
    throw new Failure('service-absent', { why: whyNotLoaded(name, error) }, error);
  }
}

/** Why a native package does not load, in one line: it is not there, the library that it is linked with is not, or what it says itself. */
export function whyNotLoaded(packageName: string, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const library = /^(?:Error: )?([^\s:]+): cannot open shared object file/m.exec(text)?.[1];
  if (library !== undefined) return `${packageName}: ${library} is missing`;
  // Not a part that it lacks itself.
  const absent = text.startsWith(`Cannot find module '${packageName}'`);
  return `${packageName}: ${absent ? 'not installed' : (text.split('\n')[0] ?? '')}`;
}
