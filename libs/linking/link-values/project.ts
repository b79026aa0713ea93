import { defineProjection, removed } from '#event-sourcing';
import type { Recorded, SideDocuments } from '#event-sourcing';
import { evolveValues, keysOf } from '../links/index.js';
import type { MatchEvent } from '../links/index.js';
import { linkValuesIndexes, linkValuesModel, linkValuesSchema } from './document.js';
import type { CountedContact, LinkValueDocument } from './document.js';

const sideStep = {
  key: ({ data }: Recorded<MatchEvent>) => data.contactId,
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
  key({ data }: Recorded<MatchEvent>, side: SideDocuments<CountedContact>) {
    const contact = side.get(data.contactId);
    return contact ? [...contact.gained, ...contact.lost] : [];
  },
  project(
    document: LinkValueDocument | undefined,
    { data }: Recorded<MatchEvent>,
    { id, side }: { readonly id: string; readonly side: SideDocuments<CountedContact> },
  ) {
    const contacts = (document?.contacts ?? 0) + (side.get(data.contactId)?.gained.includes(id) === true ? 1 : -1);
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
    load: ({ data }) => [data.contactId],
    on: {
      ContactCreated: sideStep,
      AttributeSet: sideStep,
      AttributeCleared: sideStep,
      ContactDeletionRequested: sideStep,
    },
  },
  on: { AttributeSet: countStep, AttributeCleared: countStep, ContactDeletionRequested: countStep },
});
