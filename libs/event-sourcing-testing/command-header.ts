import type { CommandHeader } from '#event-sourcing';

/** What a command carries besides its content: from an admin, on the day that most specs live on, unless changed. */
export const commandHeader = (changes: Partial<CommandHeader> = {}): CommandHeader => ({
  commandId: 'command-1',
  commandHash: 'hash-1',
  correlationId: 'request-1',
  causationId: 'command-1',
  actor: { id: 'grace', role: 'admin' },
  at: '2026-11-21T09:30:00.000Z',
  ...changes,
});
