import { expect, it } from 'vitest';
import type { Card, Pin, PinStatus } from '../api/cards.js';
import { statusOf } from './status-of.js';

const pin = (id: Pin['id'], state: PinStatus): Pin => ({
  id,
  role: 'basic',
  label: id,
  state,
  minLength: 4,
  maxLength: 8,
});
const now = Date.parse('2025-06-01T00:00:00Z');

function card(states: readonly PinStatus[], puk: PinStatus | undefined, notAfter: string, key: object): Card {
  const pins = states.map((state, at) => pin(at === 0 ? 'PIN1' : 'PIN2', state));
  const certificate = { id: '45', label: '', notAfter, key: { algorithm: 'EC', size: 384, ...key } };
  return {
    id: 'C',
    reader: 'R',
    profile: 'p',
    label: '',
    atr: '',
    pins,
    ...(puk && { puk: pin('PUK', puk) }),
    certificates: [certificate as Card['certificates'][number]],
    notes: [],
  };
}

it.each([
  [['ok', 'ok'], 'ok', '2026-01-01T00:00:00Z', { pin: 'PIN1' }, 'ready'],
  [['ok', 'ok'], undefined, '2026-01-01T00:00:00Z', { pin: 'PIN1' }, 'ready'],
  [['ok', 'ok'], 'ok', '2025-01-01T00:00:00Z', { pin: 'PIN1' }, 'no-certificate'],
  [['ok', 'ok'], 'ok', '2026-01-01T00:00:00Z', {}, 'no-certificate'],
  [['not-set', 'not-set'], 'ok', '2026-01-01T00:00:00Z', { pin: 'PIN1' }, 'not-activated'],
  [['ok', 'not-set'], 'ok', '2026-01-01T00:00:00Z', { pin: 'PIN1' }, 'half-activated'],
  [['locked', 'not-set'], 'ok', '2026-01-01T00:00:00Z', { pin: 'PIN1' }, 'half-activated'],
  [['ok', 'locked'], 'ok', '2026-01-01T00:00:00Z', { pin: 'PIN1' }, 'pin-locked'],
  [['ok', 'locked'], 'ok', '2025-01-01T00:00:00Z', { pin: 'PIN1' }, 'pin-locked'],
  [['ok', 'locked'], 'locked', '2026-01-01T00:00:00Z', { pin: 'PIN1' }, 'puk-locked'],
  [['not-set', 'not-set'], 'locked', '2026-01-01T00:00:00Z', { pin: 'PIN1' }, 'puk-locked'],
  [[], undefined, '2026-01-01T00:00:00Z', {}, 'no-certificate'],
] as const)('PINs %j, PUK %s, until %s, key %j: %s', (states, puk, notAfter, key, status) => {
  expect(statusOf(card(states, puk, notAfter, key), now)).toBe(status);
});
