import type { AbsorbContact, GiveBackContact, HandOverContact, UndoMerge } from '../commands.js';
import type { ContactEvent } from '../events.js';
import type { ContactRefusal } from '../refusals.js';
import { isSameValue } from '../known-contact.js';
import type { KnownContact } from '../known-contact.js';
import type { ContactState, MergedContact } from '../state.js';

type Decision = readonly ContactEvent[] | ContactRefusal;

/** CON-5, the secondary's side: whoever asks first has it, also of those that ask for the same merge. */
export function handOver(command: HandOverContact, state: KnownContact | MergedContact): Decision {
  const { contactId, mergeId, primaryId, winners } = command;
  if (state.phase === 'merged') return { code: 'already-merged', contactId, primaryId: state.primaryId };
  return [{ type: 'ContactHandedOver', data: { contactId, mergeId, primaryId, winners } }];
}

/**
 * The merge was undone, or the primary could not take the contact after all. Of an earlier merge nothing is left to
 * end.
 */
export function giveBack({ contactId, mergeId }: GiveBackContact, state: ContactState): Decision {
  if (state.phase !== 'merged' || state.mergeId !== mergeId) return [];
  return [{ type: 'ContactGivenBack', data: { contactId, mergeId } }];
}

/** CON-5, the primary's side: from here on the merge is in force. */
export function absorb(command: AbsorbContact, contact: KnownContact): Decision {
  const { contactId, mergeId, secondary, borrowed, winners } = command;
  if (contact.absorbed.some((merge) => merge.mergeId === mergeId)) return [];
  const own = [...contact.values.filter(({ medium }) => medium === undefined), ...borrowed];
  const conflicts = secondary.values.filter((theirs) => own.some((mine) => isConflict(mine, theirs)));
  const open = conflicts.filter(({ alias }) => !winners.some((winner) => winner.alias === alias));
  if (open.length > 0) return { code: 'winner-needed', aliases: open.map(({ alias }) => alias) };
  const [stranger] = winners.filter((winner) => ![contactId, secondary.contactId].includes(winner.contactId));
  if (stranger) return { code: 'unknown-winner', alias: stranger.alias };
  const values = secondary.values
    .filter(({ alias }) => {
      if (!own.some((mine) => mine.alias === alias)) return true;
      return winners.some((winner) => winner.alias === alias && winner.contactId === secondary.contactId);
    })
    .map(({ alias, contactId: ownerId }) => ({ alias, contactId: ownerId }));
  const bringsVip = secondary.vip && !contact.vip;
  const data = {
    contactId,
    mergeId,
    secondaryId: secondary.contactId,
    contactIds: secondary.contactIds,
    values,
    bringsVip,
  };
  const events: ContactEvent[] = [{ type: 'ContactsMerged', data }];
  if (bringsVip) events.push({ type: 'VipMarked', data: { contactId, source: 'merge' } });
  if (secondary.isBlocked && contact.blockId === undefined) {
    events.push({ type: 'ContactBlocked', data: { contactId, blockId: mergeId } });
  }
  return events;
}

const isConflict = (
  mine: { readonly alias: string; readonly value: KnownContact['values'][number]['value'] },
  theirs: AbsorbContact['secondary']['values'][number],
): boolean => mine.alias === theirs.alias && !isSameValue(mine.value, theirs.value);

/** CON-5: newest first, because what a later merge brought stands on what the earlier ones left. */
export function undoMerge({ contactId, mergeId }: UndoMerge, contact: KnownContact): Decision {
  const newest = contact.absorbed.at(-1);
  if (newest === undefined || !contact.absorbed.some((merge) => merge.mergeId === mergeId)) {
    return { code: 'merge-undone', mergeId };
  }
  if (newest.mergeId !== mergeId) return { code: 'later-merge-first', mergeId: newest.mergeId };
  const { secondaryId, contactIds, bringsVip } = newest;
  const events: ContactEvent[] = [{ type: 'MergeUndone', data: { contactId, mergeId, secondaryId, contactIds } }];
  if (bringsVip && contact.vip) events.push({ type: 'VipUnmarked', data: { contactId, source: 'merge' } });
  if (contact.blockId === mergeId) events.push({ type: 'ContactUnblocked', data: { contactId } });
  return events;
}
