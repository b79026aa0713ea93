import type { ChannelAccess } from '#access/user';
import { isRefusal, StreamGone } from '#event-sourcing';
import type { CommandHeader, CommandRunner, Ids, Origin, Position, Refusal } from '#event-sourcing';
import type { AbsorbContact } from './commands.js';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import type { BorrowedValue } from './events/merging.js';
import { absorbedContacts, borrowedValues, mergedFacts, shownValues } from './merged-facts.js';
import { primaryFacts, seesContact } from './neighbours.js';
import type { ContactRefusal } from './refusals.js';
import { settleIdentity } from './settle-identity.js';
import { channelsOf } from './state.js';
import type { ContactState, KnownContact, MergedContact } from './state.js';

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

interface Wanted {
  readonly contactId: string;
  readonly secondaryId: string;
  readonly winners: readonly BorrowedValue[];
  readonly access: ChannelAccess;
}

/** The k-th merge of a contact into another one. */
export const mergeIdOf = (secondaryId: string, number: number): string => `${secondaryId}.${number}`;

/** The secondary of the merge; `undefined` when it cannot be one. */
export const secondaryOf = (mergeId: string): string | undefined =>
  /^([0-9A-Za-z-]{1,64})\.[1-9][0-9]{0,8}$/.exec(mergeId)?.[1];

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
  if (contactId === secondaryId) return refused({ code: 'merge-with-itself' });
  const { runner, ids } = ports;
  const primary = await living(runner, contactId, access, header);
  if ('code' in primary) return refused(primary);
  const secondary = await secondaryOfMerge(runner, secondaryId, access, header);
  if ('code' in secondary) return refused(secondary);
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
  if (secondary.phase === 'merged') {
    const { primaryId } = secondary;
    const isUnfinished = primaryId === contactId && !primary.absorbed.some((one) => one.mergeId === mergeId);
    if (!isUnfinished) return refused({ code: 'already-merged', contactId: secondaryId, primaryId });
    return takeIn(ports, { header, options }, merge, winners);
  }
  // Asked before anything is handed over: a merge that is refused must leave no trace.
  const decision = contactDecider.decide(command, primary);
  if (isRefusal(decision)) return refused(decision);
  // An undoing that was interrupted would take back what this merge brings.
  for (const { identityKey } of contact.identities) await settleIdentity(ports, header, identityKey);
  const own = { ...header, commandId: ids.derivedUuid('hand-over', header.commandId), causationId: header.commandId };
  const handOver = {
    ...own,
    type: 'HandOverContact',
    contactId: secondaryId,
    mergeId,
    primaryId: contactId,
    winners,
  } as const;
  const handed = await runner.run(contactDecider, contactStream(secondaryId), handOver);
  return handed.accepted ? takeIn(ports, { header, options }, merge, winners) : refused(handed.refusal);
}

/** The primary takes in what was handed over to it; when it cannot any more, the secondary is given back. */
async function takeIn(
  ports: MergePorts,
  { header, options }: Origin,
  merge: Merge,
  winners: readonly BorrowedValue[],
): Promise<MergeOutcome> {
  const { runner } = ports;
  const { primaryId, secondaryId } = merge;
  const primary = await load(runner, primaryId);
  const secondary = await load(runner, secondaryId);
  if (secondary.phase !== 'merged' || secondary.mergeId !== merge.mergeId) {
    return refused({ code: 'merge-undone', mergeId: merge.mergeId });
  }
  const known = primary.phase === 'known' ? primary : undefined;
  const facts = await absorption(runner, merge, { primary: known, contact: secondary.contact }, winners);
  const result = await runner.run(contactDecider, contactStream(primaryId), { ...header, ...facts }, options);
  if (result.accepted) return { ...result, merge };
  await giveBack(ports, header, merge);
  return refused(result.refusal);
}

/**
 * Ends a merge that was begun: brings it into force, or gives the secondary back. Answers whether it is in force.
 * Anyone may do it, any number of times.
 */
export async function continueMerge(ports: MergePorts, header: CommandHeader, merge: Merge): Promise<boolean> {
  const secondary = await load(ports.runner, merge.secondaryId);
  if (secondary.phase !== 'merged' || secondary.mergeId !== merge.mergeId) return false;
  if (isInForce(merge, await load(ports.runner, merge.primaryId))) return true;
  return (await takeIn(ports, { header, options: {} }, merge, secondary.winners)).accepted;
}

const isInForce = ({ mergeId }: Merge, primary: ContactState): boolean => {
  const contact = primary.phase === 'merged' ? primary.contact : primary;
  return contact.phase === 'known' && contact.absorbed.some((one) => one.mergeId === mergeId);
};

/** CON-5: the newest merge of the primary is not in force any more; the secondary stands alone again. */
export async function partContacts(
  ports: MergePorts,
  { header, options }: Origin,
  { mergeId, access }: { readonly mergeId: string; readonly access: ChannelAccess },
): Promise<MergeOutcome> {
  const { runner } = ports;
  const merge = await findMerge(runner, mergeId);
  if (!merge) return refused({ code: 'not-found' });
  const { primaryId } = merge;
  const merged = await mergedFacts(runner, primaryId, access);
  const command = { ...header, type: 'UndoMerge', contactId: primaryId, mergeId, access: merged.access } as const;
  const result = await runner.run(contactDecider, contactStream(primaryId), command, options);
  if (!result.accepted) return refused(result.refusal);
  const position = await giveBack(ports, header, merge);
  return { ...result, merge, position: Math.max(result.position, position) };
}

/** The merge of this id, in force or undone; `undefined`: there never was one. */
export async function findMerge(runner: CommandRunner, mergeId: string): Promise<Merge | undefined> {
  const secondaryId = secondaryOf(mergeId);
  if (secondaryId === undefined) return undefined;
  const secondary = await load(runner, secondaryId);
  if (secondary.phase === 'merged' && secondary.mergeId === mergeId) {
    return { mergeId, primaryId: secondary.primaryId, secondaryId };
  }
  const contact = secondary.phase === 'merged' ? secondary.contact : secondary;
  const former = contact.phase === 'known' ? contact.formerMerges.find((one) => one.mergeId === mergeId) : undefined;
  return former && { mergeId, primaryId: former.primaryId, secondaryId };
}

/** The secondary's part of an undoing. */
export async function giveBack({ runner, ids }: MergePorts, header: CommandHeader, merge: Merge): Promise<Position> {
  const { mergeId, secondaryId } = merge;
  const commandId = ids.derivedUuid('give-back', mergeId);
  const own = { ...header, commandId, commandHash: commandId, causationId: header.commandId };
  const command = { ...own, type: 'GiveBackContact', contactId: secondaryId, mergeId } as const;
  const result = await runner.run(contactDecider, contactStream(secondaryId), command);
  return result.accepted ? result.position : 0;
}

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

async function load(runner: CommandRunner, contactId: string): Promise<ContactState> {
  return (await runner.load(contactDecider, contactStream(contactId), { fresh: true })).state;
}

/** The contact, for who sees it. */
async function living(
  runner: CommandRunner,
  contactId: string,
  access: ChannelAccess,
  { actor }: CommandHeader,
): Promise<KnownContact | ContactRefusal> {
  const state = await load(runner, contactId);
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
    const state = await load(runner, contactId);
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

const refused = (refusal: MergeRefusal): MergeOutcome => ({ accepted: false, refusal });
