/** A person is being asked for a code, or for the password of a program's database. */
export interface Asking {
  /** `password` is no code of a card. */
  readonly operation?: string;
  /** Absent for a password. */
  readonly reader?: string;
  /** Who asks, as the person is told. */
  readonly requester: string;
  /** A one-time address of the page where it is typed, for who did not see it open. */
  readonly address?: string;
}
