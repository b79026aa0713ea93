import { describe, expect, it } from '@jest/globals';
import { createTestIds, fixedClock } from '#event-sourcing-testing';
import { toDoHeader } from './to-do-header.js';

const closing = { workflow: 'when-idle-then-close', key: 'c-1.1', beganWith: 'e-7', id: 'close' };

/** As any process makes it. */
function headerOf({ workflow, ...todo }: typeof closing) {
  return toDoHeader({ ids: createTestIds(), clock: fixedClock() }, workflow, todo);
}

describe('the command of a to-do', () => {
  it('is the same each time and in each process: done twice, it takes effect once', () => {
    expect(headerOf(closing)).toEqual(headerOf(closing));
  });

  it('HIS-1: is caused by the event that its instance began with', () => {
    expect(headerOf(closing).causationId).toBe('e-7');
  });

  it.each([
    ['workflow', { workflow: 'when-snooze-is-over-then-wake' }],
    ['key', { key: 'c-1.2' }],
    ['beginning of the instance', { beganWith: 'e-14' }],
    ['to-do', { id: 'wake' }],
  ])('is another one for another %s', (_what, other) => {
    const [mine, theirs] = [headerOf(closing), headerOf({ ...closing, ...other })];
    expect(theirs.commandId).not.toBe(mine.commandId);
    expect(theirs.commandHash).not.toBe(mine.commandHash);
  });
});
