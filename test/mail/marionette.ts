import { connect, type Socket } from 'node:net';

/** A Mozilla program that is driven over Marionette (Mozilla's remote protocol: `length:[type, id, …]`). */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (answer: readonly unknown[]) => void>();
  #buffer = Buffer.alloc(0);
  #last = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => {});
  }

  /** Connects as soon as the program listens; rejects when `ended` resolves before. */
  static async open(port: number, ended: Promise<unknown>): Promise<Marionette> {
    let over = false;
    void ended.then(() => (over = true));
    for (;;) {
      if (over) throw new Error('the program ended before it could be driven');
      const socket = await new Promise<Socket | undefined>((resolve) => {
        const tried = connect(port, '127.0.0.1', () => resolve(tried));
        tried.once('error', () => resolve(undefined));
      });
      if (socket === undefined) {
        await new Promise(setImmediate);
        continue;
      }
      const driver = new Marionette(socket);
      await driver.call('WebDriver:NewSession', {});
      await driver.call('Marionette:SetContext', { value: 'chrome' });
      return driver;
    }
  }

  /** What `script` gives, run with the program's own rights. */
  async run<T>(script: string, ...args: readonly unknown[]): Promise<T> {
    const { value } = (await this.call('WebDriver:ExecuteScript', { script, args })) as { value: T };
    return value;
  }

  async quit(): Promise<void> {
    await this.call('Marionette:Quit', { flags: ['eForceQuit'] });
    this.#socket.destroy();
  }

  async call(name: string, parameters: object): Promise<unknown> {
    const id = (this.#last += 1);
    const text = JSON.stringify([0, id, name, parameters]);
    const answer = new Promise<readonly unknown[]>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , error, result] = await answer;
    if (error) throw new Error(JSON.stringify(error));
    return result;
  }

  #take(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const colon = this.#buffer.indexOf(':');
      const length = Number(this.#buffer.subarray(0, Math.max(0, colon)).toString());
      if (colon < 0 || this.#buffer.length < colon + 1 + length) return;
      const message: unknown = JSON.parse(this.#buffer.subarray(colon + 1, colon + 1 + length).toString());
      this.#buffer = this.#buffer.subarray(colon + 1 + length);
      // The first message is a greeting and no answer.
      if (Array.isArray(message)) this.#waiting.get(message[1] as number)?.(message);
    }
  }
}
