import { channelAccessOf } from '#access/user';
import type { AccessDirectory } from '#access/user';
import { vipEnabled } from '#attributes/attributes';
import type { AttributeCatalogue } from '#attributes/attributes';
import type { ChannelDirectory } from '#channels/channel';
import { isRefusal } from '#event-sourcing';
import type { CommandHeader, CommandResult, CommandRunner, Ids, Origin } from '#event-sourcing';
import { claimIdentity, ownerOf, withdrawClaim } from '../identity/index.js';
import type { IdentityRefusal } from '../identity/index.js';
import type { ClaimedIdentity, CreateContact } from './commands.js';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import type { ContactEvent } from './events.js';
import { locateIdentity } from './given-identity.js';
import type { GivenIdentity, GivenIdentityRefusal } from './given-identity.js';
import type { ContactRefusal } from './refusals.js';
import { sourceOf } from './source.js';
import { wantedValue } from './wanted-value.js';

export type CreationRefusal = ContactRefusal | IdentityRefusal | GivenIdentityRefusal;
export type Creation = CommandResult<ContactEvent, CreationRefusal>;

export interface NewContact {
  readonly identities: readonly GivenIdentity[];
  readonly name: string | undefined;
  readonly attributes: readonly { readonly alias: string; readonly value: unknown }[];
}

interface Context {
  readonly runner: CommandRunner;
  readonly ids: Ids;
  readonly users: AccessDirectory;
  readonly channels: ChannelDirectory;
  readonly catalogue: AttributeCatalogue;
}

/**
 * CON-1 by hand: claims the identities, then makes the contact. The contact's id derives from the request, so that a
 * repetition finishes what a crash left between the two; identities of which none can be claimed are left alone.
 */
export async function createByHand(contact: NewContact, origin: Origin, context: Context): Promise<Creation> {
  const { runner, ids } = context;
  const contactId = ids.derivedUuid('contact', origin.header.commandId);
  const located = locateAll(contact.identities, origin.header, context);
  if ('code' in located) return refused(located);
  const command = creationOf(contact, contactId, located, origin.header, context);
  const stream = contactStream(contactId);
  const settled = await runner.settled(contactDecider, stream, command);
  if (settled) return settled;
  // Asked before anything is claimed: a value that does not fit must leave no trace.
  const decision = contactDecider.decide(command, contactDecider.initial);
  if (isRefusal(decision)) return refused(decision);
  const lost = await claimAll(located, contactId, origin.header, context);
  return lost ? refused(lost) : runner.run(contactDecider, stream, command, origin.options);
}

function locateAll(
  given: readonly GivenIdentity[],
  { actor }: CommandHeader,
  { ids, channels, users }: Context,
): readonly ClaimedIdentity[] | GivenIdentityRefusal {
  const located = new Map<string, ClaimedIdentity>();
  for (const identity of given) {
    const claim = locateIdentity(identity, { ids, channels, access: channelAccessOf(users, actor) });
    if ('code' in claim) return claim;
    located.set(claim.identityKey, claim);
  }
  return [...located.values()];
}

function creationOf(
  { name, attributes }: NewContact,
  contactId: string,
  identities: readonly ClaimedIdentity[],
  header: CommandHeader,
  { catalogue, ids }: Context,
): CreateContact {
  const values = attributes.map(({ alias, value }) => wantedValue({ name: alias, value }, { catalogue, ids }));
  const source = sourceOf(header.actor);
  const facts = { contactId, identities, name, values, vipEnabled: vipEnabled(catalogue), source };
  return { ...header, type: 'CreateContact', ...facts };
}

/** All or none. In the order of the keys, so that of two requests for the same identities one gets all of them. */
async function claimAll(
  identities: readonly ClaimedIdentity[],
  contactId: string,
  header: CommandHeader,
  { runner, ids }: Context,
): Promise<IdentityRefusal | undefined> {
  const claimed: { readonly identityKey: string; readonly revision: number }[] = [];
  for (const identity of identities.toSorted((a, b) => (a.identityKey < b.identityKey ? -1 : 1))) {
    const { identityKey } = identity;
    const { revision } = await ownerOf(runner, identityKey, { fresh: true });
    const claim = { ...identity, contactId };
    const result = await claimIdentity(runner, step(ids, header, 'claim', identityKey, revision), claim);
    if (!result.accepted) {
      await withdrawAll(claimed, contactId, header, { runner, ids });
      return result.refusal;
    }
    claimed.push({ identityKey, revision });
  }
  return undefined;
}

async function withdrawAll(
  claimed: readonly { readonly identityKey: string; readonly revision: number }[],
  contactId: string,
  header: CommandHeader,
  { runner, ids }: Pick<Context, 'runner' | 'ids'>,
): Promise<void> {
  // A message that came through one of the identities meanwhile has made the contact: then it keeps them.
  const { state } = await runner.load(contactDecider, contactStream(contactId), { fresh: true });
  if (state.phase !== 'unknown') return;
  for (const { identityKey, revision } of claimed) {
    await withdrawClaim(runner, step(ids, header, 'withdraw', identityKey, revision), { contactId, identityKey });
  }
}

/** The revision tells a claim from an earlier one that was withdrawn when the same request comes again. */
function step(ids: Ids, header: CommandHeader, name: string, identityKey: string, revision: number): CommandHeader {
  const commandId = ids.derivedUuid('create-contact', name, header.commandId, identityKey, String(revision));
  return { ...header, commandId, causationId: header.commandId };
}

const refused = (refusal: CreationRefusal): Creation => ({ accepted: false, refusal, revision: -1 });
