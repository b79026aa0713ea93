import { contactsNamed, mergedWith, speakerFor } from '#contacts/contact-profile';
import { defineProjection, removed } from '#event-sourcing';
import type { Recorded, SideDocuments } from '#event-sourcing';
import { linksIndexes, linksModel, linksSchema } from './document.js';
import type { LinksDocument } from './document.js';
import { evolvePart, keysOf, matchSteps, wholeValues } from './values.js';
import type { MatchedPart, MatchEvent } from './values.js';

type Side = SideDocuments<MatchedPart>;

const partStep = {
  key: ({ data }: Recorded<MatchEvent>) => data.contactId,
  project: (part: MatchedPart | undefined, event: Recorded<MatchEvent>) => evolvePart(part, event) ?? (part && removed),
};

/** The document of the contact, and of who speaks for it. */
const wholeStep = {
  key: ({ data: { contactId } }: Recorded<MatchEvent>, side: Side) => [
    ...new Set([contactId, speakerFor(contactId, (id) => side.get(id))]),
  ],
  project(document: LinksDocument | undefined, _event: Recorded<MatchEvent>, { id, side }: { id: string; side: Side }) {
    const values = wholeValues(id, (one) => side.get(one));
    if (!values) return document && removed;
    const merged = side.get(id)?.absorbed.flatMap(({ contactIds }) => contactIds) ?? [];
    return { contactIds: [id, ...merged], values, keys: keysOf(values) };
  },
};

/** Who can be linked with whom, by the keyed hashes of values; with what was merged into them. */
export const linksProjection = defineProjection<LinksDocument, MatchEvent, MatchedPart>({
  name: linksModel,
  schema: linksSchema,
  indexes: linksIndexes,
  owners: (_id, { contactIds }) => contactIds,
  side: {
    owners: (id) => [id],
    load: ({ data }) => contactsNamed(data),
    neighbours: mergedWith,
    on: matchSteps(partStep),
  },
  on: matchSteps(wholeStep),
});
