import { Failure } from '@sigill/core';

/** The default export of a native package, which is optional, also for the compiler. Fails with `service-absent` when it cannot be loaded on this computer. */
export async function loadPackage<T>(name: string): Promise<T> {
  try {
    return ((await import(name)) as { default: T }).default;
  } catch (error) {
    throw new Failure('service-absent', { why: whyNotLoaded(name, error) }, error);
  }
}

/** Why a native package does not load, in one line: it is not there, the library that it is linked with is not, or what it says itself. */
export function whyNotLoaded(packageName: string, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const library = /^(?:Error: )?([^\s:]+): cannot open shared object file/m.exec(text)?.[1];
  if (library !== undefined) return `${packageName}: ${library} is missing`;
  const absent = (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_MODULE_NOT_FOUND';
  return `${packageName}: ${absent ? 'not installed' : (text.split('\n')[0] ?? '')}`;
}
