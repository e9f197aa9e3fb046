import type { CardFile, ChipImage, Directory, ElementaryFile } from './chip-image.js';

/** Where a chip stands in its files, and how SELECT moves it (ISO 7816-4 §11.2.2; cards.md §1.3, §1.9). */
export class ChipFiles {
  readonly #root: Directory;
  readonly #applicationId: number;
  #directory: Directory;
  #file: ElementaryFile | undefined;
  #application: Directory | undefined;

  constructor(image: Pick<ChipImage, 'root' | 'application'>) {
    this.#root = image.root;
    this.#applicationId = image.application;
    this.#directory = image.root;
  }

  /** The directory that was selected last, or that of the file selected last. */
  get directory(): Directory {
    return this.#directory;
  }

  get file(): ElementaryFile | undefined {
    return this.#file;
  }

  /** True once the application was entered and the root was not selected since. */
  get insideApplication(): boolean {
    return this.#application !== undefined;
  }

  reset(): void {
    this.#directory = this.#root;
    this.#file = undefined;
    this.#application = undefined;
  }

  /** Selects a directory by its DF name; it becomes the application that paths start from. */
  selectByName(name: Uint8Array): Directory | undefined {
    const found = everyDirectory(this.#root).find((directory) => directory.name && startsWith(directory.name, name));
    if (!found) return undefined;
    this.#application = found;
    return this.#enter(found);
  }

  /** Selects by file id: nothing (or 3F00) is the root, then children, the parent's children, the directory itself. */
  selectById(id: number | undefined, only?: 'df' | 'ef'): CardFile | undefined {
    if (id === undefined || id === rootId) return only === 'ef' ? undefined : this.#enter(this.#root);
    const near = [...this.#directory.children, ...(only ? [] : [...this.#parent().children, this.#directory])];
    const found = near.find((file) => file.id === id && (only === undefined || file.kind === only));
    return found && this.#take(found, this.#directory);
  }

  selectParent(): CardFile {
    return this.#enter(this.#parent());
  }

  /** P1=08: below the selected application first, then below the root; an absolute path may begin with 3F00. P1=09: below the current directory. */
  selectByPath(path: readonly number[], from: 'root' | 'current'): CardFile | undefined {
    if (from === 'current') return this.#walk(this.#directory, path);
    if (path[0] === rootId) return this.#walk(this.#root, path.slice(1));
    return (this.#application && this.#walk(this.#application, path)) ?? this.#walk(this.#root, path);
  }

  #walk(start: Directory, path: readonly number[]): CardFile | undefined {
    let parent = start;
    let at: CardFile = start;
    for (const id of path) {
      const next: CardFile | undefined = at.kind === 'df' ? at.children.find((file) => file.id === id) : undefined;
      if (!next || (at !== start && at.kind === 'df' && at.enteredByNameOnly)) return undefined;
      if (at.kind === 'df') parent = at;
      at = next;
    }
    return this.#take(at, parent);
  }

  #take(file: CardFile, parent: Directory): CardFile {
    if (file.kind === 'df') return file.enteredByNameOnly ? file : this.#enter(file);
    // A file of the root may be read without leaving the application.
    if (parent !== this.#root) this.#enter(parent);
    this.#directory = parent;
    this.#file = file;
    return file;
  }

  #enter(directory: Directory): Directory {
    if (directory === this.#root) this.#application = undefined;
    else if (directory.id === this.#applicationId) this.#application = directory;
    this.#directory = directory;
    this.#file = undefined;
    return directory;
  }

  #parent(): Directory {
    const current = this.#directory;
    return everyDirectory(this.#root).find(({ children }) => children.includes(current)) ?? this.#root;
  }
}

const rootId = 0x3f00;

function everyDirectory(from: Directory): Directory[] {
  return [from, ...from.children.flatMap((child) => (child.kind === 'df' ? everyDirectory(child) : []))];
}

/** A name may be given cut on the right (ISO 7816-4 §7.1.1), though not to less than an RID. */
function startsWith(name: Uint8Array, given: Uint8Array): boolean {
  return (given.length === name.length || given.length >= 5) && given.every((byte, at) => byte === name[at]);
}
