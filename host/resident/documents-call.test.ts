import { describe, expect, it } from 'vitest';
import { longestLine, parseCall } from './resident-call.js';

const call = (what: object): string => JSON.stringify({ kind: 'documents', ...what });

describe('documents for the host that runs', () => {
  it('are named by paths from the root', () => {
    expect(parseCall(call({ paths: ['/home/anna/ett brev.pdf'] }))).toEqual({
      kind: 'documents',
      paths: ['/home/anna/ett brev.pdf'],
    });
  });

  it.each([
    ['none', {}],
    ['an empty list', { paths: [] }],
    ['one path alone', { paths: '/a.pdf' }],
    ['a path from here', { paths: ['/a.pdf', 'a.pdf'] }],
    ['what is no path', { paths: [7] }],
    ['more than it may have', { paths: ['/a.pdf'], reader: 'R' }],
  ])('are not %s', (_what, more) => {
    expect(() => parseCall(call(more))).toThrow('call-invalid');
  });

  it('may be as many as a file manager gives at once', () => {
    const paths = Array.from(
      { length: 400 },
      (_, at) => `/home/anna/Dokument/avtal/avtal nummer ${at} med en ganska lång titel.pdf`,
    );
    expect(Buffer.byteLength(call({ paths }))).toBeLessThan(longestLine);
  });
});
