/** A button: what it starts. `why` tells why it is disabled. */
export interface ActionView {
  /** A command of a plugin (`pin.change`), or one of the host's own (`host.export`, `host.test-key`, …). */
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
  readonly label: string;
  readonly why?: string;
}

export interface FactView {
  readonly name: string;
  readonly value: string;
}
