import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
/** The program as a person starts it. */
export const bin = fileURLToPath(new URL('../../host/bin/sigill.js', import.meta.url));
/** A person's home: folders of its own for every XDG variable, gone after the test. */
export class Home {
    folder = mkdtempSync(join(tmpdir(), 'sigill-e2e-'));
    /** The environment of a process in this home; nothing of ours goes in but the path. */
    environment(more = {}) {
        const at = (name) => join(this.folder, name);
        return {
            PATH: process.env['PATH'],
            HOME: at('home'),
            XDG_CONFIG_HOME: at('config'),
            XDG_DATA_HOME: at('data'),
            XDG_STATE_HOME: at('state'),
            XDG_CACHE_HOME: at('cache'),
            XDG_RUNTIME_DIR: at('runtime'),
            LANG: 'C.UTF-8',
            ...more,
        };
    }
    /** Runs `sigill` to its end. */
    async sigill(args, { input = [], environment = {} } = {}) {
        const child = this.start(args, environment);
        child.stdin.on('error', () => { });
        child.stdin.end(input.map((line) => `${line}\n`).join(''));
        return await ended(child);
    }
    start(args, environment = {}) {
        return spawn(process.execPath, [bin, ...args], { env: this.environment(environment), cwd: this.folder });
    }
    /** As `sigill`, for the document that it answers with. */
    async json(args, options) {
        const { code, output, errors } = await this.sigill([...args, '--json'], options);
        if (code !== 0)
            throw new Error(`sigill ${args.join(' ')} ended with ${code}: ${errors}`);
        return JSON.parse(output);
    }
    /** Every file below the home: its path and its bytes. */
    files() {
        return readdirSync(this.folder, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name))
            .map((path) => [relative(this.folder, path), readFileSync(path)]);
    }
    remove() {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
/** Resolves when a process has ended and its streams are read. */
export function ended(child) {
    const output = [];
    const errors = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => errors.push(chunk));
    return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, output: Buffer.concat(output).toString(), errors: Buffer.concat(errors).toString() }));
    });
}
/** Resolves when `words` have come on `stream`, with everything that came until then. */
export function shown(stream, words) {
    return new Promise((resolve, reject) => {
        let text = '';
        const end = () => reject(new Error(`ended without ${String(words)}: ${text}`));
        const data = (chunk) => {
            text += chunk.toString();
            if (!words.test(text))
                return;
            stream.off('data', data);
            stream.off('end', end);
            resolve(text);
        };
        stream.on('data', data);
        stream.once('end', end);
    });
}
/** The processes that `pid` has started and that run (Linux: /proc). */
export function childrenOf(pid) {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).flatMap((task) => readFileSync(join(tasks, task, 'children'), 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number));
}
/** Resolves with the children of `pid` once it has some: its plugins. */
export function startedBy(pid) {
    return new Promise((resolve) => {
        const look = () => {
            const children = childrenOf(pid);
            if (children.length > 0)
                resolve(children);
            else
                setImmediate(look);
        };
        look();
    });
}
/** Tries left of each code of the card in the first reader: `PIN1 5, PIN2 3, PUK 5`. */
export async function tries(home, simulate) {
    const { readers } = await home.json(['--simulate', simulate, 'cards']);
    const { pins = [], puk } = readers[0]?.card ?? {};
    return [...pins, ...(puk ? [puk] : [])].map(({ id, triesLeft }) => `${id} ${triesLeft}`).join(', ');
}
