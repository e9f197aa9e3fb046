/** What can be said against a new code: a key below `advice.` of the words. Advice only, never a reason to refuse. */
export type Advice = 'advice.repeated' | 'advice.row' | 'advice.date';

/** Looks at the digits of a new code. */
export function advice(digits: string): Advice | undefined {
  if (repeated(digits)) return 'advice.repeated';
  if (row(digits)) return 'advice.row';
  return date(digits) ? 'advice.date' : undefined;
}

/** `1111`, `121212`, `123123`: a beginning of at most half its length, over and over. */
function repeated(digits: string): boolean {
  return /^(\d+?)\1+$/.test(digits);
}

/** `1234`, `8765`, `7890`, `2468`: up or down by one or two from each digit to the next, 0 after 9. */
function row(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, at) => (Number(digit) - Number(digits[at]) + 10) % 10);
  return [1, 2, 8, 9].some((step) => steps.length > 1 && steps.every((each) => each === step));
}

const orders: Readonly<Record<number, readonly string[]>> = {
  4: ['dm', 'md', 'Y'],
  6: ['dmy', 'mdy', 'ymd', 'mY', 'Ym'],
  8: ['dmY', 'mdY', 'Ymd'],
};

/** A day and month, a year, or a whole date as people write it. */
function date(digits: string): boolean {
  return (orders[digits.length] ?? []).some((order) => fits(digits, order));
}

function fits(digits: string, order: string): boolean {
  let at = 0;
  return [...order].every((part) => {
    const length = part === 'Y' ? 4 : 2;
    const value = Number(digits.slice(at, (at += length)));
    if (part === 'd') return value >= 1 && value <= 31;
    if (part === 'm') return value >= 1 && value <= 12;
    return part === 'y' || (value >= 1900 && value <= 2039);
  });
}
