import type { ContactEvent } from '#contacts/contact';
import { displayName, namingAliases } from '#contacts/display-name';
import type { DomainEvent, ProjectionStep, RecordedEvent, SideDefinition } from '#event-sourcing';
import type { ConversationEvent } from '../conversation/events.js';
import type { QueuedContact } from './document.js';

export type QueueEvent = ConversationEvent | ContactEvent;

type OfContact = DomainEvent<string, { readonly contactId: string }>;
type Naming = QueuedContact['naming'];

const unknown: QueuedContact = {
  vip: false,
  openConversationId: null,
  naming: { name: null, values: [], identities: [] },
};

function change<E extends OfContact>(
  changes: (contact: QueuedContact, event: RecordedEvent<E>) => Partial<QueuedContact>,
): ProjectionStep<QueuedContact, E, never> {
  return {
    key: ({ data }) => data.contactId,
    project: (contact = unknown, event) => ({ ...contact, ...changes(contact, event) }),
  };
}

function naming<E extends OfContact>(
  changes: (naming: Naming, event: RecordedEvent<E>) => Partial<Naming>,
): ProjectionStep<QueuedContact, E, never> {
  return change((contact, event) => ({ naming: { ...contact.naming, ...changes(contact.naming, event) } }));
}

/** The queue's own copy of what it shows of contacts, folded from the same events (decision 9). */
export const contactSide: SideDefinition<QueuedContact, QueueEvent> = {
  owners: (contactId) => [contactId],
  load: ({ data }) => [data.contactId],
  on: {
    IdentityAttached: naming(({ identities }, { data: { identityKey, medium, externalUserId } }) => ({
      identities: [
        ...identities.filter((identity) => identity.identityKey !== identityKey),
        { identityKey, medium, externalUserId, profileName: null },
      ],
    })),
    ProfileNameChanged: naming(({ identities }, { data: { identityKey, profileName } }) => ({
      identities: identities.map((identity) =>
        identity.identityKey === identityKey ? { ...identity, profileName } : identity,
      ),
    })),
    ContactRenamed: naming((_naming, { data }) => ({ name: data.name })),
    AttributeSet: naming(({ values }, { data: { alias, medium = null, value } }) => {
      if (!namingAliases.has(alias)) return {};
      const known = values.findIndex((entry) => entry.alias === alias && entry.medium === medium);
      return {
        values: known < 0 ? [...values, { alias, medium, value }] : values.with(known, { alias, medium, value }),
      };
    }),
    AttributeCleared: naming(({ values }, { data: { alias, medium = null } }) => ({
      values: values.filter((entry) => entry.alias !== alias || entry.medium !== medium),
    })),
    VipMarked: change(() => ({ vip: true })),
    VipUnmarked: change(() => ({ vip: false })),
    ConversationOpened: change((_contact, { data }) => ({ openConversationId: data.conversationId })),
    ConversationClosed: change(() => ({ openConversationId: null })),
  },
};

export function nameOf({ naming: { name, values, identities } }: QueuedContact): string | null {
  return displayName({
    name: name ?? undefined,
    values: values.map(({ alias, medium, value }) => ({ alias, ...(medium !== null && { medium }), value })),
    identities: identities.map(({ medium, externalUserId, profileName }) => ({
      medium,
      externalUserId,
      profileName: profileName ?? undefined,
    })),
  }).name;
}
