import { contactStream } from '#contacts/contact';
import { deletedContactsStream, verifyDeletedContacts } from '#deletion-audit/audit';
import type { ContactDeleted } from '#deletion-audit/audit';
import { StreamGone } from '#event-sourcing';
import { healthy, sick, some } from '../finding.js';
import type { Finding } from '../finding.js';
import type { DoctorPorts } from '../ports.js';

/** Whether the audit of deletions is what was written. */
export async function checkAudit({ store, sha256 }: DoctorPorts): Promise<readonly Finding[]> {
  const { ok, entries, head, brokenAt } = await verifyDeletedContacts(store, sha256);
  if (ok) return [healthy('deletion audit', `the chain over ${entries} deletions holds, head ${head}`)];
  const advice =
    'somebody changed the event store: compare it with a backup, and the head with one that was kept outside';
  return [sick('deletion audit', `the chain is broken at event ${brokenAt ?? 0}`, advice)];
}

/** Whether anything of an erased contact is left: a key, events, documents. */
export async function checkErased(ports: DoctorPorts): Promise<readonly Finding[]> {
  const { store, models, projections } = ports;
  const { erased, removed } = await erasedContacts(ports);
  const findings: Finding[] = [];
  const destroyed = new Set<string>();
  for await (const { subject } of ports.keys.destroyed()) destroyed.add(subject);
  const withKey = erased.filter((contactId) => !destroyed.has(contactId));
  if (withKey.length > 0) {
    const advice =
      'start the worker: it goes on with the erasures. If it runs, an older key store was put back: restart';
    findings.push(sick('keys', `of erased contacts are still there: ${some(withKey)}`, advice));
  }
  const withEvents: string[] = [];
  for (const contactId of removed) if (await hasEvents(store, contactStream(contactId))) withEvents.push(contactId);
  if (withEvents.length > 0) {
    const advice = 'an older event store was put back: restart, and the erasures are done again';
    findings.push(sick('events', `of erased contacts are still there: ${some(withEvents)}`, advice));
  }
  for (const { name } of projections) {
    const counts = await Promise.all(removed.map((contactId) => models.count(name, { _owners: contactId })));
    const kept = removed.filter((_contactId, index) => (counts[index] ?? 0) > 0);
    if (kept.length > 0) {
      findings.push(sick('models', `${name} holds erased contacts: ${some(kept)}`, `run: ledger rebuild ${name}`));
    }
  }
  if (findings.length > 0) return findings;
  return [healthy('erased contacts', `${erased.length}, and nothing is left of those whose erasure is complete`)];
}

/** The contacts of all deletions, and of those that say they are complete. */
async function erasedContacts({ store }: DoctorPorts) {
  const contactsOf = new Map<string, readonly string[]>();
  const removed: string[] = [];
  const unreadable: string[] = [];
  for await (const { type, data } of store.readStream(deletedContactsStream)) {
    const { erasureId, contactIds } = data as Pick<ContactDeleted['data'], 'erasureId' | 'contactIds'>;
    if (type === 'ContactDeleted') contactsOf.set(erasureId, contactIds);
    if (type === 'ContactMadeUnreadable') unreadable.push(...(contactsOf.get(erasureId) ?? []));
    if (type === 'ErasureCompleted') removed.push(...(contactsOf.get(erasureId) ?? []));
  }
  return { erased: [...new Set([...unreadable, ...removed])], removed };
}

async function hasEvents(store: DoctorPorts['store'], stream: string): Promise<boolean> {
  try {
    for await (const event of store.readStream(stream, { limit: 1 })) return event.stream === stream;
    return false;
  } catch (fault) {
    if (fault instanceof StreamGone) return false;
    throw fault;
  }
}
