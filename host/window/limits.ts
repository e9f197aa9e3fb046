/** Most bytes of a request's header fields. */
export const headerSize = 8 * 1024;

/** Most bytes of a `POST /api/request`. */
export const requestSize = 64 * 1024;

/** Most bytes of a dropped document. */
export const uploadSize = 1_073_741_824;
/** Most bytes of one piece of a document: what a plugin may read at once. */
export const pieceSize = 524_288;
/** Milliseconds without a byte after which a document that is on its way is given up, and those that it may take in all. */
export const uploadIdle = 30_000;
export const uploadTime = 600_000;

/** Connections at the same time; a browser makes six. */
export const mostConnections = 128;

/** Open event streams of one session, and of all: windows, as it were. */
export const mostStreams = { session: 6, all: 24 } as const;

/** Milliseconds. */
export const headersTime = 5_000;
/** Milliseconds from a request's first byte to its last. */
export const requestTime = 10_000;
/** Milliseconds between two looks at the two above. */
export const lookInterval = 1_000;
/** Milliseconds that an idle connection is kept. */
export const idleTime = 5_000;
/** Milliseconds between two signs of life on an event stream. */
export const heartbeat = 15_000;
/** Milliseconds that a launch token of the window is good for. */
export const launchTime = 120_000;
