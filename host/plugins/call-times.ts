/** Milliseconds for calls that only the host and the card work on. */
export const soon = 120_000;

/** Milliseconds for calls that ask a person; the host's own limit is shorter. */
export const patient = 900_000;

/** Milliseconds for calls on documents, the network and trust: a large file on a slow disk takes its time. */
export const atLength = 900_000;
