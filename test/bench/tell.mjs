/** Measurements so far. */
export const told = [];

/** One JSON line; with a budget it says whether it was met. `strict` ones are counts, which no computer excuses. */
export function tell({ name, value, unit, budget, strict, ...more }) {
  const ok = budget === undefined ? undefined : value <= budget;
  const line = {
    name,
    value: Math.round(value * 100) / 100,
    unit,
    ...(budget !== undefined && { budget, ok }),
    ...more,
  };
  told.push({ ...line, strict: strict === true });
  console.log(JSON.stringify(line));
}

/** The middle one: a slow one among many says something of the computer, not of us. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
