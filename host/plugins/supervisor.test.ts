import { type CommandResult, Failure, type FailureData, failureData } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/plugins/manual-clock.js';
import { defaultLimits } from './limits.js';
import type { PluginProcess } from './plugin-process.js';
import { Supervisor } from './supervisor.js';

/** A process that does what the test says. */
function fakeProcess(answer: () => Promise<CommandResult> = async () => ({ messages: [] })) {
  let end: (why: FailureData | undefined) => void = () => {};
  const ended = new Promise<FailureData | undefined>((resolve) => (end = resolve));
  const gone = ended.then(() => Promise.reject(new Failure('plugin-ended', { plugin: 'p' })));
  gone.catch(() => {});
  const calls: string[] = [];
  const process = {
    ended,
    pid: 1,
    dying: false,
    tell: (call: string) => void calls.push(call),
    call: (call: string) => (calls.push(call), Promise.race([answer(), gone])),
    kill: (why: Failure) => end(failureData(why)),
    dispose: () => end(undefined),
    stop: async () => {
      calls.push('stop');
      end(undefined);
      await ended;
    },
  };
  return {
    process: process as unknown as PluginProcess,
    calls,
    crash: () => end(failureData(new Failure('plugin-failed', { plugin: 'p', why: 'crash' }))),
  };
}

function supervised(...answers: (() => Promise<CommandResult>)[]) {
  const clock = new ManualClock();
  const processes: ReturnType<typeof fakeProcess>[] = [];
  const launch = async () => {
    const fake = fakeProcess(answers[processes.length]);
    processes.push(fake);
    return fake.process;
  };
  const supervisor = new Supervisor({ plugin: 'p', clock, limits: defaultLimits, launch });
  return { clock, processes, supervisor };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const never = (): Promise<CommandResult> => new Promise(() => {});

describe('the supervisor of a plugin', () => {
  it('starts one process for many commands, and ends it half a minute after the last', async () => {
    const { clock, processes, supervisor } = supervised();
    expect(supervisor.phase).toBe('stopped');
    await Promise.all([supervisor.run('a', {}), supervisor.run('b', {})]);
    expect([processes.length, supervisor.phase]).toEqual([1, 'running']);
    clock.pass(29_999);
    await supervisor.run('c', {});
    clock.pass(29_999);
    expect(supervisor.phase).toBe('running');
    clock.pass(1);
    await settled();
    expect([processes[0]?.calls.at(-1), supervisor.phase]).toEqual(['stop', 'stopped']);
    await supervisor.run('d', {});
    expect(processes.length).toBe(2);
  });

  it('does not end one that works', async () => {
    const { clock, supervisor } = supervised();
    supervisor.wake();
    await settled();
    const call = supervisor.begin(false);
    clock.pass(3_600_000);
    await settled();
    expect(supervisor.phase).toBe('running');
    call.dispose();
    clock.pass(30_000);
    await settled();
    expect(supervisor.phase).toBe('stopped');
  });

  it('kills a command after half a minute of its own time', async () => {
    const { clock, supervisor } = supervised(never);
    const running = supervisor.run('slow', {}).catch((error: unknown) => error);
    await settled();
    clock.pass(29_999);
    await settled();
    expect(supervisor.phase).toBe('running');
    clock.pass(1);
    expect(await running).toMatchObject({ code: 'plugin-slow', facts: { plugin: 'p', call: 'slow' } });
    expect(supervisor.failure).toMatchObject({ code: 'plugin-slow' });
  });

  it('lets a person type for minutes, but not for more than ten', async () => {
    const { clock, supervisor } = supervised(never);
    const running = supervisor.run('pin.change', {}).catch((error: unknown) => error);
    await settled();
    const asked = supervisor.begin(true);
    clock.pass(240_000);
    asked.dispose();
    clock.pass(29_999);
    const again = supervisor.begin(true);
    clock.pass(600_000 - 240_000 - 29_999 - 1);
    await settled();
    expect(supervisor.phase).toBe('running');
    clock.pass(1);
    again.dispose();
    expect(await running).toMatchObject({ code: 'plugin-slow' });
  });

  it('starts the ten minutes anew with each step that a person can see', async () => {
    const { clock, supervisor } = supervised(never);
    const running = supervisor.run('pdf.sign', {}).catch((error: unknown) => error);
    await settled();
    for (let signed = 0; signed < 20; signed += 1) {
      const asked = supervisor.begin(true);
      clock.pass(120_000);
      asked.dispose();
      supervisor.commands.advance();
    }
    await settled();
    expect(supervisor.phase).toBe('running');
    supervisor.begin(true);
    clock.pass(600_000);
    expect(await running).toMatchObject({ code: 'plugin-slow' });
  });

  it('tells a command that it was cancelled, also one that begins afterwards', async () => {
    const { processes, supervisor } = supervised(never);
    supervisor.run('pdf.sign', {}, { signal: AbortSignal.abort() }).catch(() => {});
    await settled();
    expect(processes[0]?.calls).toEqual(['commands.cancel', 'commands.run']);
    supervisor.dispose();
  });

  it('gives a cancelled command two seconds to end, the asking of a person not counted', async () => {
    const { clock, supervisor } = supervised(never);
    const cancel = new AbortController();
    const running = supervisor.run('pin.change', {}, { signal: cancel.signal }).catch((error: unknown) => error);
    await settled();
    const asked = supervisor.begin(true);
    const cancelled = supervisor.commands.cancelled();
    cancel.abort();
    expect(cancelled.aborted).toBe(true);
    clock.pass(5_000);
    await settled();
    expect(supervisor.phase).toBe('running');
    asked.dispose();
    clock.pass(2_000);
    expect(await running).toMatchObject({ code: 'cancelled' });
    expect(supervisor.phase).toBe('stopped');
    expect(supervisor.failure).toBeUndefined();
  });

  it('restarts one that an event asked for three times, then lets it be for five minutes, its reason kept', async () => {
    const { clock, processes, supervisor } = supervised();
    supervisor.wake();
    for (let start = 1; start <= 4; start += 1) {
      await settled();
      expect(processes.length).toBe(start);
      processes.at(-1)?.crash();
    }
    await settled();
    expect(supervisor.phase).toBe('failed');
    supervisor.wake();
    await expect(supervisor.run('a', {})).rejects.toMatchObject({ code: 'plugin-failed', facts: { why: 'crash' } });
    expect(processes.length).toBe(4);
    clock.pass(300_001);
    expect(supervisor.phase).toBe('stopped');
    await supervisor.run('a', {});
    expect(processes.length).toBe(5);
  });

  it('never repeats a command after a crash', async () => {
    const { processes, supervisor } = supervised(never);
    const running = supervisor.run('pin.verify', {}).catch((error: unknown) => error);
    await settled();
    processes[0]?.crash();
    expect(await running).toMatchObject({ code: 'plugin-failed', facts: { why: 'crash' } });
    await settled();
    expect(processes.length).toBe(1);
  });

  it('checks what a command answers', async () => {
    const odd = async (): Promise<CommandResult> => ({ messages: [{ key: 'a b' }] });
    const { supervisor } = supervised(odd);
    await expect(supervisor.run('a', {})).rejects.toMatchObject({ code: 'plugin-failed' });
  });

  it('starts nothing once disposed or disabled', async () => {
    const { processes, supervisor } = supervised();
    await supervisor.disable();
    await expect(supervisor.run('a', {})).rejects.toMatchObject({ code: 'plugin-failed' });
    supervisor.enable();
    supervisor.dispose();
    await expect(supervisor.run('a', {})).rejects.toMatchObject({ code: 'plugin-ended' });
    expect(processes.length).toBe(0);
  });
});
