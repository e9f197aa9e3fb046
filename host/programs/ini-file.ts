/** One section of an INI file: its name and its values by key. */
export interface IniSection {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** The sections of an INI file as Mozilla writes them, in order. What is no section, key or comment is passed over; never fails. */
export function parseIni(text: string): readonly IniSection[] {
  const sections: { name: string; values: Map<string, string> }[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/)) {
    const name = /^\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (name !== undefined) sections.push({ name, values: new Map() });
    const [, key, value] = /^([^#;=[]+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) sections.at(-1)?.values.set(key.trim(), value.trim());
  }
  return sections;
}
