import type { Workflow } from '#event-sourcing';
import { contactErasure, perform } from './perform.js';
import type { ErasurePorts } from './ports.js';
import { react } from './react.js';
import type { ErasureStep } from './react.js';
import { evolve, initial } from './todo.js';
import type { ErasureEvent, ErasureState } from './todo.js';

/** When an admin had a contact deleted, then nothing of it stays but the audit (DEL-6). One instance per erasure. */
export function createContactErasure(ports: ErasurePorts): Workflow<ErasureEvent, ErasureState, ErasureStep> {
  return {
    name: contactErasure,
    on: new Set(['ContactDeletionRequested', 'ContactDeleted', 'ErasureCompleted']),
    key: ({ data }) => data.erasureId,
    initial,
    evolve,
    react,
    perform: (step, context) => perform(ports, step, context),
  };
}
