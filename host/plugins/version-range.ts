type Version = readonly [number, number, number];

/**
 * True when `version` lies in `range`: `^1.2.3` (the same major; for 0.x the same minor), with parts left out at the end, or one exact
 * version. `undefined` for a range of another form. Semantic Versioning 2.0; pre-releases are not told apart.
 */
export function inRange(version: string, range: string): boolean | undefined {
  const has = parse(version);
  const caret = /^\^(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(range);
  if (!caret) {
    const exact = parse(range);
    return exact && has ? compare(has, exact) === 0 : undefined;
  }
  if (!has) return undefined;
  const from: Version = [Number(caret[1]), Number(caret[2] ?? 0), Number(caret[3] ?? 0)];
  return compare(has, from) >= 0 && compare(has, firstBeyond(from, caret[2] === undefined, caret[3] === undefined)) < 0;
}

// The leftmost part that is not zero may not change.
function firstBeyond([major, minor, patch]: Version, anyMinor: boolean, anyPatch: boolean): Version {
  if (major > 0 || anyMinor) return [major + 1, 0, 0];
  if (minor > 0 || anyPatch) return [0, minor + 1, 0];
  return [0, 0, patch + 1];
}

function parse(text: string): Version | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined;
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
