import { defineProjection, removed } from '#event-sourcing';
import type { Recorded, SideDocuments } from '#event-sourcing';
import { evolveValues, keysOf } from '../links/index.js';
import type { MatchEvent } from '../links/index.js';
import { linkValuesIndexes, linkValuesModel, linkValuesSchema } from './document.js';
import type { CountedContact, LinkValueDocument } from './document.js';

/** The contact, and those that go with it. */
const concerned = ({ type, data }: Recorded<MatchEvent>): readonly string[] =>
  type === 'ContactDeletionRequested' ? [data.contactId, ...(data.mergedIds ?? [])] : [data.contactId];

const sideStep = {
  key: concerned,
  project(contact: CountedContact | undefined, event: Recorded<MatchEvent>): CountedContact {
    const before = contact?.values ?? [];
    const values = evolveValues(contact?.values, event) ?? [];
    const [had, has] = [keysOf(before), keysOf(values)];
    return {
      values,
      gained: has.filter((key) => !had.includes(key)),
      lost: had.filter((key) => !has.includes(key)),
    };
  },
};

const countStep = {
  key(event: Recorded<MatchEvent>, side: SideDocuments<CountedContact>) {
    const contacts = concerned(event).flatMap((id) => side.get(id) ?? []);
    return contacts.flatMap(({ gained, lost }) => [...gained, ...lost]);
  },
  project(
    document: LinkValueDocument | undefined,
    event: Recorded<MatchEvent>,
    { id, side }: { readonly id: string; readonly side: SideDocuments<CountedContact> },
  ) {
    let contacts = document?.contacts ?? 0;
    for (const contactId of concerned(event)) {
      const { gained = [], lost = [] } = side.get(contactId) ?? {};
      if (gained.includes(id)) contacts++;
      if (lost.includes(id)) contacts--;
    }
    return contacts > 0 ? { contacts } : removed;
  },
};

/** How many contacts have a value: LNK-6 suspends the link of more than fifty. */
export const linkValuesProjection = defineProjection<LinkValueDocument, MatchEvent, CountedContact>({
  name: linkValuesModel,
  schema: linkValuesSchema,
  indexes: linkValuesIndexes,
  owners: () => [],
  side: {
    owners: (contactId) => [contactId],
    load: concerned,
    on: {
      ContactCreated: sideStep,
      AttributeSet: sideStep,
      AttributeCleared: sideStep,
      ContactDeletionRequested: sideStep,
    },
  },
  on: { AttributeSet: countStep, AttributeCleared: countStep, ContactDeletionRequested: countStep },
});
