import { contactsProjection } from '#contacts/contact-view';
import { conversationsProjection } from '#conversations/conversation-view';
import { deletedContactsStream } from '#deletion-audit/audit';
import type { ContactDeleted } from '#deletion-audit/audit';
import { progressName } from '#event-sourcing';
import type { Progress, RecordedEvent } from '#event-sourcing';
import { healthy, sick } from '../finding.js';
import type { Finding } from '../finding.js';
import type { DoctorPorts } from '../ports.js';

/** The event that begins what a model has a document for. */
const beginnings = [
  { model: contactsProjection.name, type: 'ContactCreated' },
  { model: conversationsProjection.name, type: 'ConversationOpened' },
];

/** Whether there are as many documents as the log has begun and not erased. Reads the whole log. */
export async function checkCounts({ store, models, documents }: DoctorPorts): Promise<readonly Finding[]> {
  const reached = ((await documents.progress(progressName)) as Progress | undefined)?.position ?? 0;
  const erased = new Set<string>();
  for await (const { type, data } of store.readStream(deletedContactsStream)) {
    if (type !== 'ContactDeleted') continue;
    for (const contactId of (data as ContactDeleted['data']).contactIds) erased.add(contactId);
  }
  const begun = new Map(beginnings.map(({ type }) => [type, 0]));
  for await (const event of store.readAll()) {
    if (event.position > reached) break;
    const known = begun.get(event.type);
    if (known !== undefined && !erased.has(contactIn(event))) begun.set(event.type, known + 1);
  }
  return Promise.all(
    beginnings.map(async ({ model, type }) => {
      const [held, expected] = [await models.count(model, {}), begun.get(type) ?? 0];
      // What began while the doctor counted is in the model already.
      if (held >= expected) return healthy('counts', `${model} holds ${held} documents, the log has begun ${expected}`);
      return sick('counts', `${model} holds ${held} documents of ${expected}`, `run: ledger rebuild ${model}`);
    }),
  );
}

function contactIn({ data }: RecordedEvent): string {
  return 'contactId' in data ? String(data.contactId) : '';
}
