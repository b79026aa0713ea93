import type { AttributeValuesRedacted } from '#deletion-audit/redactions';
import { defineProjection } from '#event-sourcing';
import type { ProjectionStep, RecordedEvent } from '#event-sourcing';
import type { ContactEvent } from '../contact/index.js';
import { attributeHistoryIndexes, attributeHistoryModel, attributeHistorySchema } from './document.js';
import type { ValueChangeDocument } from './document.js';

type Change = Extract<ContactEvent, { type: 'AttributeSet' | 'AttributeCleared' | 'VipMarked' | 'VipUnmarked' }>;

function change<E extends Change>(
  what: (event: RecordedEvent<E>) => Pick<ValueChangeDocument, 'alias' | 'medium' | 'value'>,
): ProjectionStep<ValueChangeDocument, E, never> {
  return {
    key: ({ id }) => id,
    project: (_document, event) => {
      const { contactId, source } = event.data;
      const { actor, at } = event.metadata;
      return { contactId, ...what(event), redacted: false, source, actor, at, position: event.position };
    },
  };
}

/** ATT-4: every value that was ever set or cleared, with its source, actor and time. */
export const attributeHistoryProjection = defineProjection<ValueChangeDocument, Change | AttributeValuesRedacted>({
  name: attributeHistoryModel,
  schema: attributeHistorySchema,
  indexes: attributeHistoryIndexes,
  owners: (_id, { contactId }) => [contactId],
  on: {
    AttributeSet: change(({ data: { alias, medium = null, value } }) => ({ alias, medium, value })),
    AttributeCleared: change(({ data: { alias, medium = null } }) => ({ alias, medium, value: null })),
    AttributeValuesRedacted: {
      key: ({ data }) => data.eventIds,
      project: (document) => document && { ...document, value: null, redacted: true },
    },
    VipMarked: change(() => ({ alias: 'vip', medium: null, value: true })),
    VipUnmarked: change(() => ({ alias: 'vip', medium: null, value: false })),
  },
});
