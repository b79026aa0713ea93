import { defineProjection, removed } from '#event-sourcing';
import type { Recorded } from '#event-sourcing';
import { linksIndexes, linksModel, linksSchema } from './document.js';
import type { LinksDocument } from './document.js';
import { evolveValues, keysOf } from './values.js';
import type { MatchEvent } from './values.js';

const valueStep = {
  key: ({ data }: Recorded<MatchEvent>) => data.contactId,
  project(document: LinksDocument | undefined, event: Recorded<MatchEvent>) {
    const values = evolveValues(document?.values, event);
    if (!values) return document && removed;
    return { values, keys: keysOf(values) };
  },
};

/** Who can be linked with whom, by the keyed hashes of values. */
export const linksProjection = defineProjection<LinksDocument, MatchEvent>({
  name: linksModel,
  schema: linksSchema,
  indexes: linksIndexes,
  owners: (id) => [id],
  on: {
    ContactCreated: valueStep,
    AttributeSet: valueStep,
    AttributeCleared: valueStep,
    ContactDeletionRequested: valueStep,
  },
});
