/** The same text with CRLF at the end of each line (RFC 8551 §3.1.1); the same bytes when it has them already. */
export function canonical(bytes: Uint8Array): Uint8Array {
  let bare = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) if (bytes[at - 1] !== 0x0d) bare += 1;
  if (bare === 0) return bytes;
  const made = new Uint8Array(bytes.length + bare);
  let to = 0;
  for (let from = 0; from < bytes.length; from += 1) {
    const byte = bytes[from] ?? 0;
    if (byte === 0x0a && bytes[from - 1] !== 0x0d) made[to++] = 0x0d;
    made[to++] = byte;
  }
  return made;
}
