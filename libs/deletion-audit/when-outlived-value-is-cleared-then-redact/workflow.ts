import type { Medium } from '#channels/channel';
import type { ContactEvent } from '#contacts/contact';
import { whenRetentionIsOverThenClear } from '#contacts/when-retention-is-over-then-clear';
import type { Recorded, ToDo, Workflow } from '#event-sourcing';
import { redact } from '../redactions/redact.js';

type Cleared = Extract<ContactEvent, { type: 'AttributeCleared' }>;

/** What was cleared; `null`: nothing that was outlived. */
type ClearedState = { readonly contactId: string; readonly alias: string; readonly medium?: Medium } | null;

interface RedactValue extends ToDo {
  readonly name: 'redact';
  readonly value: NonNullable<ClearedState>;
}

/** When a value that has outlived its retention was cleared, then what the attribute held is made unreadable (ATT-7, DEL-8). */
export const redactOutlivedValues: Workflow<Cleared, ClearedState, RedactValue> = {
  name: 'when-outlived-value-is-cleared-then-redact',
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['AttributeCleared']),
  // What people clear stays in the history.
  key: ({ data, metadata: { actor } }: Recorded<Cleared>) =>
    actor.role === 'workflow' && actor.id === whenRetentionIsOverThenClear
      ? [data.contactId, data.alias, ...(data.medium === undefined ? [] : [data.medium])].join(' ')
      : undefined,
  initial: null,
  evolve: (_state, { data: { contactId, alias, medium } }) => ({ contactId, alias, ...(medium && { medium }) }),
  react: (value) => (value ? [{ id: 'redact', name: 'redact', value }] : []),
  owners: (key) => key.split(' ').slice(0, 1),
  performer: (ports) => ({
    async perform({ value }, { header }) {
      // Refused where it was set again meanwhile: then it is unreadable after the next time that it is outlived.
      const result = await redact(ports, { header, options: {} }, { kind: 'value', ...value });
      return result.accepted ? result.position : 0;
    },
  }),
};
