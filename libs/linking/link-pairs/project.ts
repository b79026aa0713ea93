import { defineProjection } from '#event-sourcing';
import type { ProjectionStep } from '#event-sourcing';
import type { LinkEvent } from '../link/index.js';
import { linkPairsIndexes, linkPairsModel, linkPairsSchema } from './document.js';
import type { LinkPairDocument } from './document.js';

const step = (said: LinkPairDocument['said']): ProjectionStep<LinkPairDocument, LinkEvent, never> => ({
  key: ({ data: { contactId, otherId } }) => [contactId, otherId].toSorted().join('.'),
  project: (_document, { data: { contactId, otherId } }) => ({
    contactIds: contactId < otherId ? [contactId, otherId] : [otherId, contactId],
    said,
  }),
});

/** LNK-4: the pairs of which somebody has said whether they are one person. */
export const linkPairsProjection = defineProjection<LinkPairDocument, LinkEvent>({
  name: linkPairsModel,
  schema: linkPairsSchema,
  indexes: linkPairsIndexes,
  owners: (_id, { contactIds }) => contactIds,
  on: { ContactsLinked: step('linked'), LinkDissolved: step('apart') },
});
