import { defineEvent, field } from './catalogue.js';
import type { DomainEvent } from './event.js';
import { workflowEvents } from './workflow-engine/events.js';

export type CommandSettled = DomainEvent<
  'CommandSettled',
  { readonly stream: string; readonly revision: number; readonly position: number }
>;

/**
 * The store belongs to the installation whose key makes this check. Its id and position are the epoch of the store.
 * `envelope`: layout of the personal data that the store began with; 0 is plain text, of builds before any release.
 */
export type StoreInitialised = DomainEvent<
  'StoreInitialised',
  { readonly keyCheck: string; readonly envelope: number }
>;

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
      version: 2,
      sentence: 'The store belongs to the installation whose key makes this check; none of its personal data is plain.',
      fields: { keyCheck: field('hash'), envelope: field('number') },
      upcasters: {
        1: ({ keyCheck }) => [{ type: 'StoreInitialised', version: 2, data: { keyCheck, envelope: 0 } }],
      },
    }),
    ...workflowEvents.definitions,
  ],
} as const;
