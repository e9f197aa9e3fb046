/** A person is being asked for a code. */
export interface Asking {
  readonly reader: string;
  /** Who asks, as the person is told. */
  readonly requester: string;
  /** A one-time address of the page where it is typed, for who did not see it open. */
  readonly address?: string;
}
