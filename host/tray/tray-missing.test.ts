import { BehaviorSubject } from 'rxjs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { trayMissing } from './tray-missing.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is told once, when no panel has come for a while', () => {
  const presence = new BehaviorSubject<'waiting' | 'shown'>('waiting');
  let told = 0;
  trayMissing({ presence }).subscribe(() => told++);
  vi.advanceTimersByTime(19_000);
  expect(told).toBe(0);
  vi.advanceTimersByTime(2_000);
  expect(told).toBe(1);
  presence.next('shown');
  presence.next('waiting');
  vi.advanceTimersByTime(100_000);
  expect(told).toBe(1);
});

it('is not told when a panel comes in time, nor while it restarts', () => {
  const presence = new BehaviorSubject<'waiting' | 'shown'>('waiting');
  let told = 0;
  trayMissing({ presence }).subscribe(() => told++);
  vi.advanceTimersByTime(10_000);
  presence.next('shown');
  vi.advanceTimersByTime(100_000);
  presence.next('waiting');
  vi.advanceTimersByTime(10_000);
  presence.next('shown');
  vi.advanceTimersByTime(100_000);
  expect(told).toBe(0);
});
