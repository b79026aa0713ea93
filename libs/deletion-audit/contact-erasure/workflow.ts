import { createConversationChains } from '#conversations/chain';
import type { Workflow } from '#event-sourcing';
import { createAuditDecider } from '../audit/index.js';
import { perform } from './perform.js';
import { react } from './react.js';
import type { ErasureStep } from './react.js';
import { evolve, initial } from './todo.js';
import type { ErasureEvent, ErasureState } from './todo.js';

/** When an admin had a contact deleted, then nothing of it stays but the audit (DEL-6). One instance per erasure. */
export const contactErasure: Workflow<ErasureEvent, ErasureState, ErasureStep> = {
  name: 'contact-erasure',
  version: 2,
  actsFrom: 'beginning',
  on: new Set(['ContactDeletionRequested', 'ContactDeleted', 'ContactMadeUnreadable']),
  key: ({ data }) => data.erasureId,
  initial,
  evolve,
  react,
  // It must outlive the contact.
  owners: () => [],
  performer(given) {
    const ports = {
      ...given,
      chains: createConversationChains(given.runner),
      audit: createAuditDecider(given.sha256),
    };
    return { perform: (step, context) => perform(ports, step, context) };
  },
};
