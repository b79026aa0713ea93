import type { Position, ToDoContext, Workflow, WorkflowPorts } from '#event-sourcing';
import { createAuditDecider, deletedContactsStream } from '../audit/index.js';
import type { AuditDecider } from '../audit/index.js';
import { react } from './react.js';
import type { Removal } from './react.js';
import { evolve, initial } from './todo.js';
import type { RemovalState } from './todo.js';
import { keyOf, removalEvents } from './watch.js';
import type { RemovalEvent } from './watch.js';

/** When erased contacts are unreadable, then what is left of them is taken out of the files, and the erasure is complete. */
export const removal: Workflow<RemovalEvent, RemovalState, Removal> = {
  name: 'when-unreadable-then-remove',
  version: 1,
  actsFrom: 'beginning',
  on: removalEvents,
  key: keyOf,
  initial,
  evolve,
  react,
  owners: () => [],
  performer(ports) {
    const audit = createAuditDecider(ports.sha256);
    return { perform: ({ remains }, context) => remove(ports, audit, remains, context) };
  },
};

/** Done again after a crash, it scavenges again: that costs time, and leaves out nothing. */
async function remove(
  { runner, scavenger, ids, clock }: WorkflowPorts,
  audit: AuditDecider,
  remains: Removal['remains'],
  { header }: ToDoContext,
): Promise<Position> {
  await scavenger.scavenge();
  let settled: Position = 0;
  for (const { erasureId, contactIds } of remains) {
    const commandId = ids.derivedUuid(header.commandId, erasureId);
    const own = { ...header, commandId, correlationId: erasureId, at: clock.now() };
    const command = { ...own, type: 'RecordErasureCompleted', erasureId, contactIds } as const;
    const result = await runner.run(audit, deletedContactsStream, command);
    if (result.accepted) settled = Math.max(settled, result.position);
  }
  return settled;
}
