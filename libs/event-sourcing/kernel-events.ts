import { defineEvent, field } from './catalogue.js';
import type { DomainEvent } from './event.js';
import { workflowEvents } from './workflow-engine/events.js';

export type CommandSettled = DomainEvent<
  'CommandSettled',
  { readonly stream: string; readonly revision: number; readonly position: number }
>;

/** The store belongs to the installation whose key makes this check. Its event id is the epoch of the store. */
export type StoreInitialised = DomainEvent<'StoreInitialised', { readonly keyCheck: string }>;

/** Stream that remembers the keyed command `commandId` when it decided nothing new; expires after a day. */
export const requestStream = (commandId: string): string => `request-${commandId}`;
export const storeStream = 'store';

/** The kernel's own part of the catalogue: every composition includes it. */
export const kernelEvents = {
  categories: ['request', 'store', ...workflowEvents.categories],
  definitions: [
    defineEvent<CommandSettled>({
      type: 'CommandSettled',
      version: 1,
      sentence:
        'A command under a key of its sender found its wanted end already there; the runner answers its repetition from here.',
      fields: { stream: field('id'), revision: field('number'), position: field('number') },
    }),
    defineEvent<StoreInitialised>({
      type: 'StoreInitialised',
      version: 1,
      sentence: 'The store belongs to the installation whose key makes this check.',
      fields: { keyCheck: field('hash') },
    }),
    ...workflowEvents.definitions,
  ],
} as const;
