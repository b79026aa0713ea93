import { reaches } from '#access/user';
import type { ChannelAccess } from '#access/user';
import { languageOf, matchKeysOf, platformFormat, platformValues } from '#attributes/attributes';
import type { ChannelProfile } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import type { ContactTraits } from '#contact-groups/condition';
import { isRefusal, PreconditionFailed } from '#event-sourcing';
import type { CommandHeader, CommandResult, CommandRunner, Origin, Ids, Position, RunOptions } from '#event-sourcing';
import type { AssignContact, ClaimedIdentity, ContactCommand, UnassignContact } from './commands.js';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import type { ContactEvent } from './events.js';
import type { ContactRefusal } from './refusals.js';
import { absorbedContacts, shownValues, wholeHint } from './merged-facts.js';
import { channelsOf } from './state.js';
import type { ContactIdentity, KnownContact } from './state.js';

type Result = CommandResult<ContactEvent, ContactRefusal>;

/** An identity, and the contact that claimed it: another one when it came by a merge. */
export interface OwnedIdentity extends ContactIdentity {
  readonly subjectId: string;
}

/** What neighbours may know of a contact; what was merged into it counts as its own. */
export type ContactFacts = { readonly contactId: string; readonly revision: number; readonly position: Position } & (
  | { readonly phase: 'unknown' }
  | {
      readonly phase: 'known';
      readonly createdBy: string;
      readonly hint: string;
      readonly vip: boolean;
      /** What was last said of whose the contact is (ASG-4). */
      readonly assignment: KnownContact['assignment'];
      /** Id of the block in force (CON-6). */
      readonly blockId: string | undefined;
      /** Ids of the newest messages that a block kept out. */
      readonly blockedMessages: readonly string[];
      readonly identities: readonly OwnedIdentity[];
      /** Channels on which the contact was met. */
      readonly channelIds: readonly string[];
      /** Contacts that were merged into it. */
      readonly mergedIds: readonly string[];
    }
  /** It went into another one, with what had been merged into it before. */
  | {
      readonly phase: 'merged';
      readonly mergeId: string;
      readonly primaryId: string;
      readonly identities: readonly OwnedIdentity[];
      readonly mergedIds: readonly string[];
    }
  /** Sealed; its erasure goes on, and takes what was merged into it along. */
  | {
      readonly phase: 'deleting';
      readonly erasureId: string;
      readonly identities: readonly OwnedIdentity[];
      readonly mergedIds: readonly string[];
    }
);

/** `fresh`: reads what other processes have appended. Throws `StreamGone` once the contact is erased. */
export async function contactFacts(
  runner: CommandRunner,
  contactId: string,
  options: { readonly fresh: boolean },
): Promise<ContactFacts> {
  const { state, revision, position } = await runner.load(contactDecider, contactStream(contactId), options);
  const of = { contactId, revision, position };
  switch (state.phase) {
    case 'unknown':
      return { phase: 'unknown', ...of };
    case 'deleting': {
      const { phase, erasureId, mergedIds } = state;
      return { phase, ...of, erasureId, mergedIds, identities: ownedBy(contactId, state) };
    }
    case 'merged': {
      const { phase, mergeId, primaryId, contact } = state;
      const others = [...(await absorbedContacts(runner, contact, options))];
      const identities = [[contactId, contact] as const, ...others].flatMap(([id, one]) => ownedBy(id, one));
      return { phase, ...of, mergeId, primaryId, identities, mergedIds: others.map(([id]) => id) };
    }
    case 'known': {
      const { phase, createdBy, vip, assignment, blockId, blockedMessages } = state;
      const absorbed = await absorbedContacts(runner, state, options);
      const others = [...absorbed];
      const identities = [[contactId, state] as const, ...others].flatMap(([id, contact]) => ownedBy(id, contact));
      const hint = wholeHint(state, absorbed);
      const shown = { createdBy, hint, vip, assignment, blockId, blockedMessages };
      const mergedIds = others.map(([id]) => id);
      return { phase, ...of, ...shown, identities, mergedIds, channelIds: channelsOf({ identities }) };
    }
  }
}

/** What rules may ask of a contact; what was merged into it counts as its own. `undefined`: there is none (any more). */
export async function contactTraits(runner: CommandRunner, contactId: string): Promise<ContactTraits | undefined> {
  const { state } = await runner.load(contactDecider, contactStream(contactId), { fresh: true });
  if (state.phase !== 'known') return undefined;
  const others = await absorbedContacts(runner, state, { fresh: false });
  const all = [state, ...others.values()];
  const identities = all.flatMap((contact) => contact.identities);
  const shown = shownValues(contactId, state, others).map(({ alias, value }) => ({ alias, value, medium: null }));
  const told = all.flatMap(({ values }) =>
    values.flatMap(({ alias, medium, value }) => (medium === undefined ? [] : [{ alias, medium, value }])),
  );
  return {
    values: [...shown, ...told],
    channelIds: channelsOf({ identities }),
    media: [...new Set(identities.map(({ medium }) => medium))],
    vip: state.vip || state.absorbed.some(({ bringsVip }) => bringsVip),
    blocked: state.blockId !== undefined,
  };
}

/** The last primary of a chain of merges; the contact itself when it was not merged into another one. */
export async function primaryFacts(
  runner: CommandRunner,
  contactId: string,
  options: { readonly fresh: boolean },
): Promise<Exclude<ContactFacts, { phase: 'merged' }>> {
  let contact = await contactFacts(runner, contactId, options);
  while (contact.phase === 'merged') contact = await contactFacts(runner, contact.primaryId, options);
  return contact;
}

/** Runs a command on a contact; a merged one names the last primary of its chain. */
export async function runOnContact(
  runner: CommandRunner,
  command: ContactCommand,
  options: RunOptions,
): Promise<Result> {
  const result = await runner.run(contactDecider, contactStream(command.contactId), command, options);
  if (result.accepted || result.refusal.code !== 'contact-merged') return result;
  const { contactId: primaryId } = await primaryFacts(runner, command.contactId, { fresh: true });
  return { ...result, refusal: { ...result.refusal, primaryId } };
}

const ownedBy = (
  subjectId: string,
  { identities }: { readonly identities: readonly ContactIdentity[] },
): readonly OwnedIdentity[] => identities.map((identity) => ({ ...identity, subjectId }));

/** ASG-6 and CON-1: whether the contact exists for who has this access. */
export function seesContact(
  contact: { readonly channelIds: readonly string[]; readonly createdBy: string },
  viewer: { readonly userId: string; readonly channels: ChannelAccess },
): boolean {
  const { channelIds, createdBy } = contact;
  return reaches(viewer.channels, channelIds) || (channelIds.length === 0 && createdBy === viewer.userId);
}

/**
 * Makes the contact of a claim if it is not there yet, and attaches what identities it lacks. Like `recordProfile` it
 * takes a header of its own: under one command id the contact's stream would take the second for the first, repeated.
 */
export function ensureContact(
  runner: CommandRunner,
  header: CommandHeader,
  contact: { readonly contactId: string; readonly identities: readonly ClaimedIdentity[] },
): Promise<Result> {
  const command = { ...header, type: 'EnsureContact', ...contact } as const;
  return runner.run(contactDecider, contactStream(contact.contactId), command);
}

/**
 * Takes over what an inbound message says about the person (ATT-1). `undefined`: nothing new as far as this process
 * knows. Asking the store each time would cost a read per message; a value that flips back and forth between two
 * processes can so be kept until it changes again.
 */
export async function recordProfile(
  { runner, ids }: { readonly runner: CommandRunner; readonly ids: Ids },
  header: CommandHeader,
  /** Asked only when there is something to write: most messages say nothing new, and deriving ids has its price. */
  headerOfOwn: () => CommandHeader,
  message: {
    readonly contactId: string;
    readonly channelId: string;
    readonly medium: Medium;
    /** Of the channel's numbers, if it has one (LNK-2). */
    readonly region: string | undefined;
    readonly identityKey: string;
    readonly payload: ChannelProfile;
  },
): Promise<Result | undefined> {
  const { payload, region, ...place } = message;
  const told = platformValues({ medium: message.medium, region }, payload);
  const content = { ...place, displayName: payload.displayName, language: languageOf(told) };
  const command = { type: 'RecordProfile', ...content } as const;
  const stream = contactStream(message.contactId);
  const { state } = await runner.load(contactDecider, stream, { fresh: false });
  const unkeyed = told.map((value) => ({ ...value, matchKeys: [] }));
  const decision = contactDecider.decide({ ...header, ...command, values: unkeyed }, state);
  if (!isRefusal(decision) && decision.length === 0) return undefined;
  const values = told.map((one) => {
    const format = platformFormat(message.medium, one.alias);
    return { ...one, matchKeys: matchKeysOf(ids, { alias: one.alias, format }, one.value) };
  });
  return runner.run(contactDecider, stream, { ...headerOfOwn(), ...command, values });
}

/** Gives the contact to somebody while no conversation is open, or takes it from whoever has it (ASG-4). */
export function settleContactAssignee(
  runner: CommandRunner,
  command: AssignContact | UnassignContact,
  options: RunOptions,
): Promise<Result> {
  return runOnContact(runner, command, options);
}

/** ATT-7: clears what the contact itself holds, if nothing has happened to it since `revision`. */
export async function expireValue(
  runner: CommandRunner,
  header: CommandHeader,
  value: { readonly contactId: string; readonly alias: string; readonly medium?: Medium },
  revision: number,
): Promise<Result | undefined> {
  const command = { ...header, type: 'ExpireValue', ...value } as const;
  try {
    return await runner.run(contactDecider, contactStream(value.contactId), command, { ifRevision: revision });
  } catch (fault) {
    if (fault instanceof PreconditionFailed) return undefined;
    throw fault;
  }
}

/** CON-6: that a blocked contact wrote, and under which identity; its words are kept nowhere. */
export function recordBlockedMessage(
  runner: CommandRunner,
  header: CommandHeader,
  message: {
    readonly contactId: string;
    readonly messageId: string;
    readonly channelId: string;
    readonly identityKey: string;
    readonly sentAt: string | undefined;
  },
): Promise<Result> {
  const command = { ...header, type: 'RecordBlockedMessage', ...message } as const;
  return runner.run(contactDecider, contactStream(message.contactId), command);
}

/**
 * CON-6: blocks the contact. Its conversations are their own context's business: use `BlockContact` of
 * `when-contact-blocked-then-close`, which ends them too.
 */
export function blockContact(
  runner: CommandRunner,
  { header, options }: Origin,
  block: {
    readonly contactId: string;
    readonly access: ChannelAccess;
    readonly blockId: string;
    readonly reason: string | undefined;
  },
): Promise<Result> {
  const command = { ...header, type: 'BlockContact', ...block } as const;
  return runOnContact(runner, command, options);
}

/** Seals the contact (DEL-6): every later command is refused with `contact-deleted`. */
export async function requestDeletion(
  runner: CommandRunner,
  header: CommandHeader,
  /** As the requester knows it: who was merged into it since then is not deleted unseen. */
  contact: ContactFacts,
  deletion: {
    readonly erasureId: string;
    /** As the admin typed it: another one than the contact's is refused (`hint-mismatch`, `hint-changed`). */
    readonly hint: string;
    readonly reason: string;
    readonly note: string | undefined;
    readonly adminName: string;
  },
  options: RunOptions,
): Promise<Result> {
  const { contactId } = contact;
  const mergedIds = contact.phase === 'known' ? contact.mergedIds : [];
  const whole = contact.phase === 'known' && mergedIds.length > 0 ? contact.hint : undefined;
  const about = { contactId, wholeHint: whole, mergedIds };
  return runOnContact(runner, { ...header, type: 'RequestDeletion', ...deletion, ...about }, options);
}
