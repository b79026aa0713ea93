import { contactFacts, continueMerge, giveBack, settleIdentity } from '#contacts/contact';
import type { ContactFacts, Merge } from '#contacts/contact';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, Position } from '#event-sourcing';
import { giveBackConversations, handOverConversations } from '../handing-over/index.js';
import type { MergingPorts } from '../handing-over/index.js';
import { endConversations } from '../when-contact-blocked-then-close/perform.js';
import { beginningOf } from './since-merge.js';

/** Nothing was left to do, or one of the contacts was erased meanwhile, and takes the rest along. */
const nothing: Position = 0;

/**
 * CON-5: the secondary's conversations end and are sealed, then its identities go to the primary: in this order, so
 * that no message opens a conversation of the secondary any more. Anyone may do it, any number of times; answers the
 * position at which it is done.
 */
export async function finishMerge(ports: MergingPorts, header: CommandHeader, merge: Merge): Promise<Position> {
  try {
    if (!(await continueMerge(ports, header, merge))) return nothing;
    let position = await handOverConversations(ports, header, merge);
    const secondary = await contactFacts(ports.runner, merge.secondaryId, { fresh: true });
    for (const { identityKey } of identitiesOf(secondary)) {
      const settled = await settleIdentity(ports, header, identityKey);
      position = Math.max(position, settled?.position ?? nothing);
    }
    // A block that the merge brought along ends the primary's conversations.
    const block = { contactId: merge.primaryId, blockId: merge.mergeId };
    return Math.max(position, await endConversations(ports, header, block));
  } catch (fault) {
    if (fault instanceof StreamGone) return nothing;
    throw fault;
  }
}

/**
 * CON-5: the identities go back first, then what came and went through them. A secondary that was merged again since
 * took all of it along.
 */
export async function finishUndoing(ports: MergingPorts, header: CommandHeader, merge: Merge): Promise<Position> {
  try {
    await giveBack(ports, header, merge);
    const secondary = await contactFacts(ports.runner, merge.secondaryId, { fresh: true });
    if (secondary.phase !== 'known') return nothing;
    let position = nothing;
    const moved = [];
    for (const { identityKey } of secondary.identities) {
      const settled = await settleIdentity(ports, header, identityKey);
      position = Math.max(position, settled?.position ?? nothing);
      if (settled?.ownerId === merge.secondaryId) moved.push({ identityKey, revision: settled.revision });
    }
    const since = await beginningOf(ports.store, merge);
    if (since === undefined) return nothing;
    const subjectIds = [merge.secondaryId, ...secondary.mergedIds];
    const undone = { ...merge, subjectIds, moved, since };
    return Math.max(position, await giveBackConversations(ports, header, undone));
  } catch (fault) {
    if (fault instanceof StreamGone) return nothing;
    throw fault;
  }
}

const identitiesOf = (contact: ContactFacts) => (contact.phase === 'unknown' ? [] : contact.identities);
