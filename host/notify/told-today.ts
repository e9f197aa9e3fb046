import type { SettingsFile } from '../settings/settings-file.js';

/** What was told today, so that it is told once a day, however often the program starts. */
export class ToldToday {
  readonly #file: SettingsFile;
  #day = '';
  #keys = new Set<string>();

  constructor(file: SettingsFile) {
    this.#file = file;
    const { day, keys } = file.read();
    if (typeof day !== 'string' || !Array.isArray(keys)) return;
    this.#day = day;
    this.#keys = new Set(keys.filter((key) => typeof key === 'string'));
  }

  has(key: string, now: Date): boolean {
    return this.#day === dayOf(now) && this.#keys.has(key);
  }

  /** Remembers it; days before are forgotten. Fails with `file-unwritable`; it is remembered until the end all the same. */
  add(key: string, now: Date): void {
    if (this.has(key, now)) return;
    const day = dayOf(now);
    if (this.#day !== day) this.#keys.clear();
    this.#day = day;
    this.#keys.add(key);
    this.#file.write({ day, keys: [...this.#keys] });
  }
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
