import type { CommandHeader, CommandRunner, EventStore, Ids, KeyRing, Clock } from '#event-sourcing';
import { createAuditDecider, deletedContactsStream } from '../audit/index.js';
import type { ContactDeleted, Sha256 } from '../audit/index.js';
import { markedErasures, reasonOf } from './marker.js';

/**
 * Before anything else at a start (S8): one of the stores may be an older copy that was put back. Keys of contacts that
 * the audit names are destroyed again; erasures that only the key store knows of are recorded again, and the workflow
 * does them again.
 */
export async function reconcileErasures(ports: {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly keys: KeyRing;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly sha256: Sha256;
}): Promise<void> {
  const { store, runner, keys, ids, clock, sha256 } = ports;
  const destroyed = new Set<string>();
  for await (const { subject } of keys.destroyed()) destroyed.add(subject);
  const recorded = new Set<string>();
  for await (const { type, data } of store.readStream(deletedContactsStream)) {
    if (type !== 'ContactDeleted') continue;
    const entry = { type, data: data as ContactDeleted['data'] } as const;
    recorded.add(entry.data.erasureId);
    const missing = entry.data.contactIds.filter((contactId) => !destroyed.has(contactId));
    for (const contactId of missing) await keys.destroy(contactId, reasonOf(entry));
  }
  const audit = createAuditDecider(sha256);
  for (const [erasureId, entry] of await markedErasures(keys)) {
    if (recorded.has(erasureId)) continue;
    const commandId = ids.derivedUuid('reconcile-erasure', erasureId);
    const header: CommandHeader = {
      commandId,
      commandHash: commandId,
      correlationId: commandId,
      causationId: commandId,
      actor: { id: 'installation', role: 'workflow' },
      at: clock.now(),
    };
    await runner.run(audit, deletedContactsStream, { ...header, type: 'RecordDeletion', entry });
  }
}
