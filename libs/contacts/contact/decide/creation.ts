import { isRefusal } from '#event-sourcing';
import type { ClaimedIdentity, CreateContact, EnsureContact } from '../commands.js';
import type { ContactEvent } from '../events.js';
import type { ContactRefusal } from '../refusals.js';
import { evolve } from '../state.js';
import type { KnownContact } from '../known-contact.js';
import type { ContactState } from '../state.js';
import { setAttribute } from './attributes.js';

type Decision = readonly ContactEvent[] | ContactRefusal;
type Living = Exclude<ContactState, { phase: 'deleting' }>;

/** CON-1: also finishes what a crash left between the claim and the contact. */
export function ensureContact({ contactId, identities, actor }: EnsureContact, state: Living): ContactEvent[] {
  const created: ContactEvent[] =
    state.phase === 'known' ? [] : [{ type: 'ContactCreated', data: { contactId, createdBy: actor.id } }];
  const known = state.phase === 'known' ? state.identities : [];
  return [...created, ...identities.flatMap((identity) => attached(contactId, identity, known))];
}

/**
 * By hand, with name and values. The contact can be there already: a message that came through one of the claimed
 * identities has made it, under the id of the claim.
 */
export function createContact(command: CreateContact, state: Living): Decision {
  const { contactId, identities, name, values } = command;
  const events = ensureContact({ ...command, type: 'EnsureContact', identities }, state);
  if (name !== undefined && !(state.phase === 'known' && state.name === name)) {
    events.push({ type: 'ContactRenamed', data: { contactId, name } });
  }
  let contact = events.reduce<ContactState>(evolve, state);
  for (const wanted of values) {
    if (contact.phase !== 'known') break;
    const set = setAttribute({ ...command, ...wanted, type: 'SetAttribute', access: 'all', borrowed: [] }, contact);
    if (isRefusal(set)) return set;
    events.push(...set);
    contact = set.reduce(evolve, contact);
  }
  return events;
}

function attached(
  contactId: string,
  { identityKey, medium, idScope, externalUserId, channelId }: ClaimedIdentity,
  known: KnownContact['identities'],
): ContactEvent[] {
  const before = known.find((identity) => identity.identityKey === identityKey);
  const events: ContactEvent[] = before
    ? []
    : [{ type: 'IdentityAttached', data: { contactId, identityKey, medium, idScope, externalUserId } }];
  if (channelId !== undefined && !before?.channelIds.includes(channelId)) {
    events.push({ type: 'ContactSeenOnChannel', data: { contactId, channelId, identityKey } });
  }
  return events;
}
