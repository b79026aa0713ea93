import { defineEvent, field } from './catalogue.js';
import type { DomainEvent } from './event.js';

export type CommandSettled = DomainEvent<
  'CommandSettled',
  { readonly stream: string; readonly revision: number; readonly position: number }
>;

/** Stream that remembers the keyed command `commandId` when it decided nothing new; expires after a day. */
export const requestStream = (commandId: string): string => `request-${commandId}`;

/** The kernel's own part of the catalogue: every composition includes it. */
export const kernelEvents = {
  categories: ['request'],
  definitions: [
    defineEvent<CommandSettled>({
      type: 'CommandSettled',
      version: 1,
      sentence:
        'A command under a key of its sender found its wanted end already there; the runner answers its repetition from here.',
      fields: { stream: field('id'), revision: field('number'), position: field('number') },
    }),
  ],
} as const;
