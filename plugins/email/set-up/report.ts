import type { CommandResult, Message } from '@sigill/core';
import { stateOf } from './finding.js';

/** Commands whose whole report stands in the panel. */
export type Report = 'apply' | 'check' | 'undo';

/** One sentence on what came of it. */
export function shortly(report: Report, { messages, data }: CommandResult): readonly Message[] {
  const {
    changes = [],
    restored = 0,
    mended = 0,
  } = (data ?? {}) as {
    readonly changes?: readonly unknown[];
    readonly restored?: number;
    readonly mended?: number;
  };
  const values = {
    apply: { changes: changes.length },
    check: { bad: messages.filter((one) => stateOf(one) === 'bad').length },
    undo: { files: restored + mended },
  };
  return [{ key: `email.report.${report}`, values: values[report] }];
}
