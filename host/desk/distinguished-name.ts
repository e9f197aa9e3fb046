/** The common name of an RFC 4514 name, else the whole name. */
export function commonName(name: string): string {
  return attribute(name, 'CN') ?? name;
}

/** The value of the first attribute of that type, with its escapes (RFC 4514 §2.4) undone. */
export function attribute(name: string, type: string): string | undefined {
  const parts = name.split(/(?<!\\)[,+]/);
  const found = parts.map((part) => part.trim()).find((part) => part.toUpperCase().startsWith(`${type}=`));
  return found?.slice(type.length + 1).replace(/\\([ "#+,;<=>\\])/g, '$1');
}
