import type { Decider } from '#event-sourcing';
import { holds } from '#event-sourcing';
import { hashOf } from './chain.js';
import type { Unhashed } from './chain.js';
import type { AuditCommand } from './commands.js';
import type { Sha256 } from './digest.js';
import type { AuditEvent } from './events.js';
import type { AuditRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { AuditState } from './state.js';

export type AuditDecider = Decider<AuditCommand, AuditEvent, AuditState, AuditRefusal>;

/** One entry and one completion per erasure, each linked to what stands before it (DEL-4, DEL-6). */
export function createAuditDecider(sha256: Sha256): AuditDecider {
  return {
    initial,
    evolve,
    decide(command, state) {
      switch (command.type) {
        case 'RecordDeletion': {
          if (holds(state.recorded, command.entry.erasureId)) return [];
          const data = { ...command.entry, previousHash: state.head };
          return [{ type: 'ContactDeleted', data: { ...data, hash: hash({ type: 'ContactDeleted', data }) } }];
        }
        case 'RecordUnreadable': {
          const { erasureId, contactIds, removableFrom, at } = command;
          if (!holds(state.recorded, erasureId)) return { code: 'unknown-erasure' };
          if (holds(state.unreadable, erasureId)) return [];
          const data = { erasureId, contactIds, unreadableAt: at, removableFrom, previousHash: state.head };
          const type = 'ContactMadeUnreadable';
          return [{ type, data: { ...data, hash: hash({ type, data }) } }];
        }
        case 'RecordErasureCompleted': {
          const { erasureId, contactIds, at } = command;
          if (!holds(state.unreadable, erasureId)) return { code: 'unknown-erasure' };
          if (holds(state.completed, erasureId)) return [];
          const data = { erasureId, contactIds, completedAt: at, previousHash: state.head };
          return [{ type: 'ErasureCompleted', data: { ...data, hash: hash({ type: 'ErasureCompleted', data }) } }];
        }
      }
    },
  };

  function hash(event: Unhashed): string {
    return hashOf(event, sha256);
  }
}
