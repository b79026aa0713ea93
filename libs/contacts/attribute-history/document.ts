import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import type { Actor, IndexDeclaration, Position } from '#event-sourcing';
import type { ValueSource } from '../contact/index.js';

export const attributeHistoryModel = 'attribute-history';
export const attributeHistorySchema = 2;
export const attributeHistoryIndexes: readonly IndexDeclaration[] = [
  { key: { contactId: 1, alias: 1, medium: 1, position: -1 } },
];

/** One change of a value; its id is the event's. VIP is a value of its own: true or false. */
export interface ValueChangeDocument {
  readonly contactId: string;
  readonly alias: string;
  /** `null` unless it is a platform attribute. */
  readonly medium: Medium | null;
  /** `null`: cleared, or redacted. */
  readonly value: AttributeValue | null;
  /** DEL-8: what it was is gone for ever. */
  readonly redacted: boolean;
  readonly source: ValueSource;
  readonly actor: Actor;
  readonly at: string;
  readonly position: Position;
}
