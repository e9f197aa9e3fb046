import type { FileHandle } from 'node:fs/promises';

/** Writes all bytes from `offset` on, in as many pieces as it takes. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
}
