import type { Certificate, Reader, ReaderStatus } from '@sigill/core';
import { expect, it } from 'vitest';
import { readerIcon, statusIcon } from './status-icon.js';

const now = new Date('2026-11-21T12:00:00Z');
const reader = (state: ReaderStatus, ...ends: string[]): Reader => {
  const certificates = ends.map((notAfter) => ({ notAfter }) as Certificate);
  return { name: 'R', state, card: { certificates } as unknown as NonNullable<Reader['card']> };
};

it('each state of a reader has its icon', () => {
  const states: readonly ReaderStatus[] = [
    'empty',
    'reading',
    'ready',
    'not-activated',
    'half-activated',
    'pin-locked',
  ];
  const others: readonly ReaderStatus[] = ['puk-locked', 'no-certificate', 'unrecognised', 'error'];
  expect([...states, ...others].map((state) => readerIcon(reader(state), now))).toEqual([
    'no-card',
    'reading',
    'ready',
    'activation',
    'activation',
    'locked',
    'locked',
    'no-certificate',
    'unrecognised',
    'unrecognised',
  ]);
});

it('a certificate that ends within thirty days is near its end, one that has ended or has more time is not', () => {
  const icon = (end: string) => readerIcon(reader('ready', '2030-01-01T00:00:00Z', end), now);
  expect(icon('2026-12-21T12:00:00Z')).toBe('expiring');
  expect(icon('2026-12-21T12:00:01Z')).toBe('ready');
  expect(icon('2026-11-21T12:00:01Z')).toBe('expiring');
  expect(icon('2026-11-21T12:00:00Z')).toBe('ready');
});

it('of several readers the most urgent is shown, wherever it stands', () => {
  const near = '2026-12-01T00:00:00Z';
  const shown = (...readers: Reader[]) => {
    const icons = [statusIcon(readers, now), statusIcon([...readers].reverse(), now)];
    expect(icons[0]).toBe(icons[1]);
    return icons[0];
  };
  expect(shown()).toBe('no-reader');
  expect(shown(reader('empty'), reader('ready'))).toBe('ready');
  expect(shown(reader('ready'), reader('reading'))).toBe('reading');
  expect(shown(reader('reading'), reader('ready', near))).toBe('expiring');
  expect(shown(reader('ready', near), reader('no-certificate'))).toBe('no-certificate');
  expect(shown(reader('no-certificate'), reader('unrecognised'))).toBe('unrecognised');
  expect(shown(reader('unrecognised'), reader('half-activated'))).toBe('activation');
  expect(shown(reader('not-activated'), reader('pin-locked'), reader('ready'))).toBe('locked');
});
