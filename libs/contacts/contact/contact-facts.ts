import type { ContactTraits } from '#contact-groups/condition';
import type { CommandRunner, Position } from '#event-sourcing';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import { absorbedContacts, shownValues, wholeHint } from './merged-facts.js';
import { channelsOf } from './known-contact.js';
import type { ContactIdentity, KnownContact } from './known-contact.js';

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

/**
 * What rules may ask of a contact; what was merged into it counts as its own. `undefined`: there is none (any more).
 */
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

const ownedBy = (
  subjectId: string,
  { identities }: { readonly identities: readonly ContactIdentity[] },
): readonly OwnedIdentity[] => identities.map((identity) => ({ ...identity, subjectId }));
