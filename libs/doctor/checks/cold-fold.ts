import { contactsProjection } from '#contacts/contact-view';
import { foldDocuments, progressName } from '#event-sourcing';
import type { AnyProjection, HeldDocument, Progress, RecordedEvent } from '#event-sourcing';
import { contactHistory } from '#history/as-of';
import { healthy, sick, some } from '../finding.js';
import type { Finding } from '../finding.js';
import type { DoctorOptions, DoctorPorts } from '../ports.js';

/** Models that are made from a contact's own streams and nothing else. */
const ofOneContact: ReadonlySet<string> = new Set(['contacts', 'contact-notes', 'conversations', 'messages']);

/** Whether the documents of some contacts are what their events make of them, folded once more from the log. */
export async function checkSample(
  ports: DoctorPorts,
  { sample }: Pick<DoctorOptions, 'sample'>,
): Promise<readonly Finding[]> {
  const { documents, store, projections } = ports;
  const reached = ((await documents.progress(progressName)) as Progress | undefined)?.position ?? 0;
  const contactIds = await someContacts(ports, sample);
  const wrong = new Map<string, string[]>();
  for (const contactId of contactIds) {
    const history = await contactHistory(store, contactId, { deliveries: true });
    for (const projection of projections.filter(({ name }) => ofOneContact.has(name))) {
      const expected = [...foldDocuments(projection, upTo(history, reached)).keys()];
      const held = await documents.load(projection.name, expected);
      const differing = expected.filter(
        (id) =>
          !isSame(
            held.find((each) => each.id === id),
            projection,
            history,
          ),
      );
      if (differing.length > 0) wrong.set(projection.name, [...(wrong.get(projection.name) ?? []), ...differing]);
    }
  }
  if (wrong.size === 0) {
    return [healthy('sample', `${contactIds.length} contacts, folded anew from the log, are what the models hold`)];
  }
  return [...wrong].map(([model, ids]) =>
    sick('sample', `${model} does not hold what the log says: ${some(ids)}`, `run: ledger rebuild ${model}`),
  );
}

/** Beginning anywhere, so that each run looks at others. */
async function someContacts({ models, ids }: DoctorPorts, sample: number): Promise<readonly string[]> {
  const after = [ids.next()];
  const request = { where: {}, sort: {}, limit: sample };
  const later = await models.page(contactsProjection.name, { ...request, after });
  const earlier = later.length < sample ? await models.page(contactsProjection.name, request) : [];
  return [...new Set([...later, ...earlier].map(({ _id }) => _id))].slice(0, sample);
}

/** A document may be ahead of the checkpoint: it is compared at the position that it says it is at. */
function isSame(held: HeldDocument | undefined, projection: AnyProjection, history: readonly RecordedEvent[]): boolean {
  // An erasure takes documents away while the doctor looks.
  if (history.length === 0) return true;
  if (!held) return false;
  const folded = foldDocuments(projection, upTo(history, held.at)).get(held.id);
  return JSON.stringify(sorted(folded?.body)) === JSON.stringify(sorted(held.body));
}

const upTo = (history: readonly RecordedEvent[], position: number): readonly RecordedEvent[] =>
  history.filter((event) => event.position <= position);

/** What is not there and what is undefined are one; the order of fields is the database's business. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]: [string, unknown]) => [name, sorted(inner)]),
  );
}
