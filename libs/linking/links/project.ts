import { defineProjection, removed } from '#event-sourcing';
import type { DomainEvent, ProjectionStep, Recorded, RecordedEvent } from '#event-sourcing';
import type { LinkEvent } from '../link/index.js';
import { linksIndexes, linksModel, linksSchema } from './document.js';
import type { LinksDocument } from './document.js';
import { evolveValues, keysOf } from './values.js';
import type { MatchEvent } from './values.js';

const valueStep = {
  key: ({ data }: Recorded<MatchEvent>) => data.contactId,
  project(document: LinksDocument | undefined, event: Recorded<MatchEvent>) {
    const values = evolveValues(document?.values, event);
    if (!values) return document && removed;
    return { byHand: [], apart: [], ...document, values, keys: keysOf(values) };
  },
};

function pairStep<E extends DomainEvent<string, LinkEvent['data']>>(
  change: (document: LinksDocument, otherId: string) => Partial<LinksDocument>,
): ProjectionStep<LinksDocument, E, never> {
  return {
    key: ({ data: { contactId, otherId } }) => [contactId, otherId],
    project: (document, { data }: RecordedEvent<E>, { id }) =>
      document && { ...document, ...change(document, id === data.contactId ? data.otherId : data.contactId) },
  };
}

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((one) => one !== id);

/** Who can be linked with whom: by the keyed hashes of values, and by hand. */
export const linksProjection = defineProjection<LinksDocument, MatchEvent | LinkEvent>({
  name: linksModel,
  schema: linksSchema,
  indexes: linksIndexes,
  owners: (id) => [id],
  on: {
    ContactCreated: valueStep,
    AttributeSet: valueStep,
    AttributeCleared: valueStep,
    ContactDeletionRequested: valueStep,
    ContactsLinked: pairStep(({ byHand, apart }, other) => ({
      byHand: [...without(byHand, other), other],
      apart: without(apart, other),
    })),
    LinkDissolved: pairStep(({ byHand, apart }, other) => ({
      byHand: without(byHand, other),
      apart: [...without(apart, other), other],
    })),
  },
});
