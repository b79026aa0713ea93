import type { CommandRunner, Ids, Position, Refusal } from '#event-sourcing';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import type { ContactRefusal } from './refusals.js';
import type { ContactState } from './state.js';

export interface MergePorts {
  readonly runner: CommandRunner;
  readonly ids: Ids;
}

export type MergeRefusal = ContactRefusal | Refusal<'merge-with-itself'> | Refusal<'secondary-deleted'>;

export const mergeRefusals: readonly {
  readonly code: 'merge-with-itself' | 'secondary-deleted';
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'merge-with-itself', rule: 'CON-5', sentence: 'A contact cannot be merged with itself.' },
  { code: 'secondary-deleted', rule: 'CON-5', sentence: 'The contact to merge is deleted, or about to be.' },
];

/** A merge and its two contacts. */
export interface Merge {
  readonly mergeId: string;
  readonly primaryId: string;
  readonly secondaryId: string;
}

export type MergeOutcome =
  | {
      readonly accepted: true;
      readonly merge: Merge;
      readonly position: Position;
      /** Of the primary's stream. */
      readonly revision: number;
      readonly repeated: boolean;
    }
  | { readonly accepted: false; readonly refusal: MergeRefusal };

/** The k-th merge of a contact into another one. */
export const mergeIdOf = (secondaryId: string, number: number): string => `${secondaryId}.${number}`;

/** The secondary of the merge; `undefined` when it cannot be one. */
export const secondaryOf = (mergeId: string): string | undefined =>
  /^([0-9A-Za-z-]{1,64})\.[1-9][0-9]{0,8}$/.exec(mergeId)?.[1];

/** The merge of this id, in force or undone; `undefined`: there never was one. */
export async function findMerge(runner: CommandRunner, mergeId: string): Promise<Merge | undefined> {
  const secondaryId = secondaryOf(mergeId);
  if (secondaryId === undefined) return undefined;
  const secondary = await loadContact(runner, secondaryId);
  if (secondary.phase === 'merged' && secondary.mergeId === mergeId) {
    return { mergeId, primaryId: secondary.primaryId, secondaryId };
  }
  const contact = secondary.phase === 'merged' ? secondary.contact : secondary;
  const former = contact.phase === 'known' ? contact.formerMerges.find((one) => one.mergeId === mergeId) : undefined;
  return former && { mergeId, primaryId: former.primaryId, secondaryId };
}

/** As the store has it now. */
export async function loadContact(runner: CommandRunner, contactId: string): Promise<ContactState> {
  return (await runner.load(contactDecider, contactStream(contactId), { fresh: true })).state;
}

export const refusedMerge = (refusal: MergeRefusal): MergeOutcome => ({ accepted: false, refusal });
