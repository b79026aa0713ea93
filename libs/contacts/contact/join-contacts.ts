import type { ChannelAccess } from '#access/user';
import { isRefusal, StreamGone } from '#event-sourcing';
import type { CommandHeader, CommandRunner, Origin } from '#event-sourcing';
import type { AbsorbContact } from './commands.js';
import { primaryFacts } from './contact-facts.js';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import type { ContactEvent } from './events.js';
import type { BorrowedValue } from './events/merging.js';
import { channelsOf } from './known-contact.js';
import type { KnownContact } from './known-contact.js';
import { loadContact, mergeIdOf, refusedMerge } from './merge.js';
import type { Merge, MergeOutcome, MergePorts, MergeRefusal } from './merge.js';
import { absorbedContacts, borrowedValues, mergedFacts, shownValues } from './merged-facts.js';
import { giveBack } from './part-contacts.js';
import type { ContactRefusal } from './refusals.js';
import { settleIdentity } from './settle-identity.js';
import type { ContactState, MergedContact } from './state.js';
import { seesContact } from './visibility.js';

interface Wanted {
  readonly contactId: string;
  readonly secondaryId: string;
  readonly winners: readonly BorrowedValue[];
  readonly access: ChannelAccess;
}

/**
 * CON-5: the secondary is handed over, then the primary takes it in: from then on the merge is in force. What a crash
 * leaves between the two is gone on with by `continueMerge`.
 */
export async function joinContacts(
  ports: MergePorts,
  { header, options }: Origin,
  wanted: Wanted,
): Promise<MergeOutcome> {
  const { contactId, secondaryId, winners, access } = wanted;
  if (contactId === secondaryId) return refusedMerge({ code: 'merge-with-itself' });
  const { runner, ids } = ports;
  const primary = await living(runner, contactId, access, header);
  if ('code' in primary) return refusedMerge(primary);
  const secondary = await secondaryOfMerge(runner, secondaryId, access, header);
  if ('code' in secondary) return refusedMerge(secondary);
  const contact = secondary.phase === 'merged' ? secondary.contact : secondary;
  const mergeId = secondary.phase === 'merged' ? secondary.mergeId : mergeIdOf(secondaryId, contact.handedOver + 1);
  const merge = { mergeId, primaryId: contactId, secondaryId };
  const command = { ...header, ...(await absorption(runner, merge, { primary, contact }, winners)) };
  const settled = await runner.settled(contactDecider, contactStream(contactId), command);
  if (settled?.accepted) {
    const [merged] = settled.events;
    const first = merged?.type === 'ContactsMerged' ? merged.data.mergeId : mergeId;
    return { ...settled, merge: { ...merge, mergeId: first } };
  }
  const own = { ...header, commandId: ids.derivedUuid('hand-over', header.commandId), causationId: header.commandId };
  const giving = { contactId: secondaryId, mergeId, primaryId: contactId, winners };
  const handOver = { ...own, type: 'HandOverContact', ...giving } as const;
  if (secondary.phase === 'merged') {
    // The same request may have begun it. Of others that came at once one is first, and this is not theirs.
    const begun = await runner.settled(contactDecider, contactStream(secondaryId), handOver);
    const { primaryId } = secondary;
    if (!begun?.accepted) return refusedMerge({ code: 'already-merged', contactId: secondaryId, primaryId });
    return takeIn(ports, { header, options }, begunBy(begun.events, merge));
  }
  // Asked before anything is handed over: a merge that is refused must leave no trace.
  const decision = contactDecider.decide(command, primary);
  if (isRefusal(decision)) return refusedMerge(decision);
  // An undoing that was interrupted would take back what this merge brings.
  for (const { identityKey } of contact.identities) await settleIdentity(ports, header, identityKey);
  const handed = await runner.run(contactDecider, contactStream(secondaryId), handOver);
  if (!handed.accepted) return refusedMerge(handed.refusal);
  return takeIn(ports, { header, options }, begunBy(handed.events, merge));
}

/** The merge that a hand-over began: of one that is asked for again, the first. */
function begunBy(events: readonly ContactEvent[], merge: Merge): Merge {
  const [begun] = events;
  return begun?.type === 'ContactHandedOver' ? { ...merge, mergeId: begun.data.mergeId } : merge;
}

/** The primary takes in what was handed over to it; when it cannot any more, the secondary is given back. */
async function takeIn(ports: MergePorts, { header, options }: Origin, merge: Merge): Promise<MergeOutcome> {
  const { runner } = ports;
  const { primaryId, secondaryId } = merge;
  const primary = await loadContact(runner, primaryId);
  const secondary = await loadContact(runner, secondaryId);
  if (secondary.phase !== 'merged' || secondary.mergeId !== merge.mergeId) {
    return refusedMerge({ code: 'merge-undone', mergeId: merge.mergeId });
  }
  const known = primary.phase === 'known' ? primary : undefined;
  const facts = await absorption(runner, merge, { primary: known, contact: secondary.contact }, secondary.winners);
  const result = await runner.run(contactDecider, contactStream(primaryId), { ...header, ...facts }, options);
  if (result.accepted) return { ...result, merge };
  await giveBack(ports, header, merge);
  return refusedMerge(result.refusal);
}

/**
 * Ends a merge that was begun: brings it into force, or gives the secondary back. Answers whether it is in force.
 * Anyone may do it, any number of times.
 */
export async function continueMerge(ports: MergePorts, header: CommandHeader, merge: Merge): Promise<boolean> {
  const secondary = await loadContact(ports.runner, merge.secondaryId);
  if (secondary.phase !== 'merged' || secondary.mergeId !== merge.mergeId) return false;
  if (isInForce(merge, await loadContact(ports.runner, merge.primaryId))) return true;
  return (await takeIn(ports, { header, options: {} }, merge)).accepted;
}

const isInForce = ({ mergeId }: Merge, primary: ContactState): boolean => {
  const contact = primary.phase === 'merged' ? primary.contact : primary;
  return contact.phase === 'known' && contact.absorbed.some((one) => one.mergeId === mergeId);
};

async function absorption(
  runner: CommandRunner,
  { mergeId, primaryId, secondaryId }: Merge,
  { primary, contact }: { readonly primary: KnownContact | undefined; readonly contact: KnownContact },
  winners: readonly BorrowedValue[],
): Promise<Omit<AbsorbContact, keyof CommandHeader>> {
  const others = await absorbedContacts(runner, contact, { fresh: true });
  const borrowed = primary ? borrowedValues(primary, await absorbedContacts(runner, primary, { fresh: true })) : [];
  const secondary = {
    contactId: secondaryId,
    contactIds: [secondaryId, ...others.keys()],
    values: shownValues(secondaryId, contact, others),
    vip: contact.vip,
    isBlocked: contact.blockId !== undefined,
  };
  return { type: 'AbsorbContact', contactId: primaryId, mergeId, secondary, borrowed, winners };
}

/** The contact, for who sees it. */
async function living(
  runner: CommandRunner,
  contactId: string,
  access: ChannelAccess,
  { actor }: CommandHeader,
): Promise<KnownContact | ContactRefusal> {
  const state = await loadContact(runner, contactId);
  if (state.phase === 'deleting') return { code: 'contact-deleted' };
  if (state.phase === 'merged') {
    const { contactId: primaryId } = await primaryFacts(runner, contactId, { fresh: true });
    return { code: 'contact-merged', contactId, primaryId };
  }
  if (state.phase === 'unknown') return { code: 'not-found' };
  return (await isSeen(runner, contactId, state, access, actor.id)) ? state : { code: 'not-found' };
}

async function secondaryOfMerge(
  runner: CommandRunner,
  contactId: string,
  access: ChannelAccess,
  { actor }: CommandHeader,
): Promise<KnownContact | MergedContact | MergeRefusal> {
  try {
    const state = await loadContact(runner, contactId);
    if (state.phase === 'deleting') return { code: 'secondary-deleted' };
    if (state.phase === 'unknown') return { code: 'not-found' };
    const contact = state.phase === 'merged' ? state.contact : state;
    return (await isSeen(runner, contactId, contact, access, actor.id)) ? state : { code: 'not-found' };
  } catch (fault) {
    if (fault instanceof StreamGone) return { code: 'secondary-deleted' };
    throw fault;
  }
}

async function isSeen(
  runner: CommandRunner,
  contactId: string,
  contact: KnownContact,
  access: ChannelAccess,
  userId: string,
): Promise<boolean> {
  const { access: channels } = await mergedFacts(runner, contactId, access);
  return seesContact({ channelIds: channelsOf(contact), createdBy: contact.createdBy }, { userId, channels });
}
