import { CKA, CKF, CKM, CKO, type ReturnValue } from '../../host/pkcs11/constants.js';
import { writeAttribute } from '../../host/pkcs11/attribute.js';
import { Pkcs11Client } from '../../host/pkcs11/client.js';
import { Refusal } from '../../host/pkcs11/refusal.js';
import type { WireWriter } from '../../host/pkcs11/wire-writer.js';
import type { Pkcs11Stage } from './stage.js';

const rooms = 1_000;

/** A program with one session, in the few calls that tests need. */
export class Program {
  readonly client: Pkcs11Client;
  readonly session: number;
  readonly #version: number;

  private constructor(client: Pkcs11Client, session: number, version: number) {
    this.client = client;
    this.session = session;
    this.#version = version;
  }

  static async start({ socket }: Pick<Pkcs11Stage, 'socket'>, slot: number, version = 2): Promise<Program> {
    const client = await Pkcs11Client.connect(socket, version);
    const flags = CKF.SERIAL_SESSION | CKF.RW_SESSION;
    const answer = await client.call('C_OpenSession', (writer) => writer.ulong(slot).ulong(flags));
    return new Program(client, answer.ulong(), version);
  }

  /** Logs in; without digits the person is asked. */
  async login(digits?: string, user = 1): Promise<void> {
    const pin = digits === undefined ? undefined : new TextEncoder().encode(digits);
    await this.client.call('C_Login', (writer) => writer.ulong(this.session).ulong(user).byte(1).counted(pin));
  }

  logout(): Promise<unknown> {
    return this.client.call('C_Logout', (writer) => writer.ulong(this.session));
  }

  /** State of the session: CKS_…. */
  async state(): Promise<number> {
    const answer = await this.client.call('C_GetSessionInfo', (writer) => writer.ulong(this.session));
    answer.ulong();
    return answer.ulong();
  }

  /** Handles of the private keys that are shown. */
  async keys(): Promise<readonly number[]> {
    await this.client.call('C_FindObjectsInit', (writer) => {
      writer.ulong(this.session).uint32(1);
      writeAttribute(writer, CKA.CLASS, 8, CKO.PRIVATE_KEY);
    });
    const answer = await this.client.call('C_FindObjects', (writer) => writer.ulong(this.session).uint32(rooms));
    await this.client.call('C_FindObjectsFinal', (writer) => writer.ulong(this.session));
    if (answer.byte() === 0) return [];
    return Array.from({ length: answer.uint32() }, () => answer.ulong());
  }

  /** A mechanism without a parameter. */
  mechanism(writer: WireWriter, type: number): void {
    writer.uint32(type);
    if (this.#version < 2) writer.counted(undefined);
  }

  async begin(key: number, type: number = CKM.ECDSA): Promise<void> {
    await this.client.call('C_SignInit', (writer) => {
      writer.ulong(this.session);
      this.mechanism(writer, type);
      writer.ulong(key);
    });
  }

  /** Signs what is given with a key. */
  async sign(key: number, data: Uint8Array, type: number = CKM.ECDSA): Promise<Uint8Array> {
    await this.begin(key, type);
    return await this.finish(data);
  }

  async finish(data: Uint8Array): Promise<Uint8Array> {
    const answer = await this.client.call('C_Sign', (writer) => writer.ulong(this.session).bytes(data).uint32(rooms));
    return answer.bytes()?.slice() ?? new Uint8Array();
  }

  /** An attribute's bytes. */
  async attribute(object: number, type: number): Promise<Uint8Array> {
    const answer = await this.client.call('C_GetAttributeValue', (writer) =>
      writer.ulong(this.session).ulong(object).uint32(1).uint32(type).uint32(rooms),
    );
    answer.uint32();
    answer.uint32();
    if (answer.byte() === 0) throw new Refusal(answer.ulong() as ReturnValue);
    answer.uint32();
    return answer.counted()?.slice() ?? new Uint8Array();
  }
}

/** The return value that a call refuses with; 0 when it does not. */
export async function refused(call: Promise<unknown>): Promise<number> {
  try {
    await call;
    return 0;
  } catch (error) {
    if (error instanceof Refusal) return error.value;
    throw error;
  }
}
