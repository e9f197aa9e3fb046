/** PAdES levels (ETSI EN 319 142-1 §6), each with all that the one before has. */
export const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;

export type Level = (typeof levels)[number];

/** True when `level` has what `other` asks for. */
export const reaches = (level: Level, other: Level): boolean => levels.indexOf(level) >= levels.indexOf(other);

/** True for the name of a level. */
export const isLevel = (text: string): text is Level => levels.some((level) => level === text);
