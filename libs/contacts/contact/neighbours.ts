import { languageOf, matchKeysOf, platformFormat, platformValues } from '#attributes/attributes';
import type { ChannelProfile } from '#attributes/attributes';
import type { ChannelAccess } from '#access/user';
import type { Medium } from '#channels/channel';
import { isRefusal, PreconditionFailed } from '#event-sourcing';
import type { CommandHeader, CommandResult, CommandRunner, Ids, Origin, RunOptions } from '#event-sourcing';
import type { AssignContact, ClaimedIdentity, ContactCommand, UnassignContact } from './commands.js';
import { primaryFacts } from './contact-facts.js';
import type { ContactFacts } from './contact-facts.js';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import type { ContactEvent } from './events.js';
import type { ContactRefusal } from './refusals.js';

export type ContactResult = CommandResult<ContactEvent, ContactRefusal>;

/** Runs a command on a contact; a merged one names the last primary of its chain. */
export async function runOnContact(
  runner: CommandRunner,
  command: ContactCommand,
  options: RunOptions,
): Promise<ContactResult> {
  const result = await runner.run(contactDecider, contactStream(command.contactId), command, options);
  if (result.accepted || result.refusal.code !== 'contact-merged') return result;
  const { contactId: primaryId } = await primaryFacts(runner, command.contactId, { fresh: true });
  return { ...result, refusal: { ...result.refusal, primaryId } };
}

/**
 * Makes the contact of a claim if it is not there yet, and attaches what identities it lacks. Like `recordProfile` it
 * takes a header of its own: under one command id the contact's stream would take the second for the first, repeated.
 */
export function ensureContact(
  runner: CommandRunner,
  header: CommandHeader,
  contact: { readonly contactId: string; readonly identities: readonly ClaimedIdentity[] },
): Promise<ContactResult> {
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
): Promise<ContactResult | undefined> {
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
): Promise<ContactResult> {
  return runOnContact(runner, command, options);
}

/** ATT-7: clears what the contact itself holds, if nothing has happened to it since `revision`. */
export async function expireValue(
  runner: CommandRunner,
  header: CommandHeader,
  value: { readonly contactId: string; readonly alias: string; readonly medium?: Medium },
  revision: number,
): Promise<ContactResult | undefined> {
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
): Promise<ContactResult> {
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
): Promise<ContactResult> {
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
): Promise<ContactResult> {
  const { contactId } = contact;
  const mergedIds = contact.phase === 'known' ? contact.mergedIds : [];
  const whole = contact.phase === 'known' && mergedIds.length > 0 ? contact.hint : undefined;
  const about = { contactId, wholeHint: whole, mergedIds };
  return runOnContact(runner, { ...header, type: 'RequestDeletion', ...deletion, ...about }, options);
}
