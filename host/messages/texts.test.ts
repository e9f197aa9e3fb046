import { describe, expect, it } from 'vitest';
import { Texts } from './texts.js';

const texts = new Texts('en', {
  plain: "Nothing that one's to fill",
  doubled: "one''s",
  named: '{card} in {reader}',
  counted: '{n, plural, one {# try} other {# tries}} of {code}',
  quoted: "'{'not a name'}' {name}",
});

describe('a text', () => {
  it('stands for itself where it is not known', () => {
    expect(texts.text('{unknown}')).toBe('{unknown}');
    expect(texts.text('constructor')).toBe('constructor');
  });

  it('is filled with names, and what fills it is not filled again', () => {
    expect(texts.text('plain')).toBe("Nothing that one's to fill");
    expect(texts.text('named', { card: '{reader}', reader: 2 })).toBe('{reader} in 2');
  });

  it('counts and quotes as ICU MessageFormat does', () => {
    expect(texts.text('counted', { n: 1, code: 'PIN1' })).toBe('1 try of PIN1');
    expect(texts.text('doubled')).toBe("one's");
    expect(texts.text('quoted', { name: 'x' })).toBe('{not a name} x');
  });

  it('without its value is an error, as in ICU MessageFormat', () => {
    expect(() => texts.text('named', { card: 'A' })).toThrow(/reader/);
  });
});
