/** What a document may ask of its reader; above this it is refused as made to tire it. */
export const limits = {
  /** Arrays and dictionaries inside each other. */
  depth: 100,
  /** Bytes of one object without its stream data. */
  object: 24 * 1024 * 1024,
  /** Bytes of one stream after decoding: object streams, cross-reference streams, metadata. */
  stream: 24 * 1024 * 1024,
  /** Bytes of all cross-reference data kept. */
  xref: 48 * 1024 * 1024,
  /** Revisions, hybrid parts counted. */
  sections: 4096,
  /** Objects loaded while one document is open. */
  loads: 200_000,
  /** Tokens read while one document is open. */
  tokens: 30_000_000,
  /** Bytes decoded while one document is open. */
  decoded: 512 * 1024 * 1024,
  /** Highest object number that is believed (ISO 32000-1 annex C). */
  number: 8_388_607,
  /** References followed from one to the next. */
  references: 32,
  /** Fields and pages visited. */
  nodes: 100_000,
} as const;
