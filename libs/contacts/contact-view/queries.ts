import { reaches } from '#access/user';
import type { Viewer } from '#access/user';
import type { AttributeCatalogue, AttributeDefinition, AttributeFormat, AttributeOption } from '#attributes/attributes';
import type { ContactTraits } from '#contact-groups/condition';
import { groupsOf } from '#contact-groups/groups';
import type { GroupConfiguration } from '#contact-groups/groups';
import type { ReadModels } from '#event-sourcing';
import { newestNotes } from '../contact-notes/index.js';
import type { ContactNote } from '../contact-notes/index.js';
import { seesContact } from '../contact/index.js';
import { nameFor, seenIdentities } from '../contact-profile/index.js';
import { contactsModel } from './document.js';
import type { ContactDocument, ShownConversation, ShownIdentity, ShownValue } from './document.js';
import { speakerIdsFor, speakersFor, wholeContact } from './merged.js';
import type { WholeContact } from './merged.js';

export interface AttributeItem extends ShownValue {
  readonly label: string;
  readonly format: AttributeFormat;
  /** Of a dropdown: what its option is called, also when it can be chosen no more. */
  readonly option?: AttributeOption;
}

/** A contact as the viewer may see it. */
export interface ContactView {
  /** Of the contact's stream; for ETag. */
  readonly revision: number;
  readonly contactId: string;
  /** Contacts that were merged into it, and that it speaks for. */
  readonly mergedIds: readonly string[];
  /** `null`: nothing is known that could be a name. */
  readonly name: string | null;
  readonly hint: string;
  readonly identities: readonly ShownIdentity[];
  /** In the admin's order; keys under the profile of `custom` channels, which nobody has put in order, come last. */
  readonly attributes: readonly AttributeItem[];
  readonly vip: boolean;
  /** Ids, VIP first. */
  readonly groups: readonly string[];
  /** The newest 20, newest first. */
  readonly notes: readonly ContactNote[];
  readonly noteCount: number;
  readonly blocked: boolean;
  /** Messages that blocks kept out on channels that the viewer has (ASG-6). */
  readonly blockedMessageCount: number;
  readonly assignee: ContactDocument['assignee'];
  /** The newest 20 of all that the viewer may see, newest first. */
  readonly conversations: readonly ShownConversation[];
  readonly conversationCount: number;
}

/** By itself, or with the one that it was merged into. `undefined`: no such contact is known, or it is gone already. */
export async function isBeingDeleted(models: ReadModels, contactId: string): Promise<boolean | undefined> {
  const document = await models.get<ContactDocument>(contactsModel, contactId);
  if (typeof document?.mergedInto !== 'string') return document?.deleting;
  const speaker = (await speakerIdsFor(models, [contactId]))(contactId);
  return (await models.get<ContactDocument>(contactsModel, speaker))?.deleting;
}

/**
 * `gone`: its deletion was requested. `primaryId`: it was merged, and this one speaks for it. `undefined`: there is
 * none for this viewer, or no trace of it any more.
 */
export async function contactView(
  models: ReadModels,
  configuration: GroupConfiguration,
  contactId: string,
  viewer: Viewer,
): Promise<ContactView | { readonly gone: true } | { readonly primaryId: string } | undefined> {
  const document = await visibleContact(models, contactId, viewer);
  if (document === undefined || 'gone' in document || 'primaryId' in document) return document;
  const { revision, vip, blocked, assignee } = document;
  return {
    revision,
    contactId,
    mergedIds: document.contactIds.slice(1),
    ...nameFor(document, viewer.channels),
    identities: identitiesFor(document, viewer),
    attributes: attributesFor(document, configuration.catalogue, viewer),
    vip,
    groups: groupsOf(traitsOf(document), configuration),
    ...(await newestNotes(models, document.contactIds)),
    blocked,
    blockedMessageCount: blockedFor(document, viewer),
    assignee,
    ...conversationsFor(document, viewer),
  };
}

/**
 * The contact with all that was merged into it, as it is kept; or who speaks for it, or that its deletion was
 * requested; if the viewer sees either.
 */
export async function visibleContact(
  models: ReadModels,
  contactId: string,
  viewer: Viewer,
): Promise<WholeContact | { readonly gone: true } | { readonly primaryId: string } | undefined> {
  const document = await wholeContact(models, contactId);
  if (!document) return undefined;
  const primaryId = document.mergedInto === null ? contactId : (await speakerIdsFor(models, [contactId]))(contactId);
  if (primaryId === contactId) {
    if (!seesContact(document, viewer)) return undefined;
    return document.deleting ? { gone: true } : document;
  }
  const primary = seesContact(document, viewer) ? document : await wholeContact(models, primaryId);
  return primary && seesContact(primary, viewer) ? { primaryId } : undefined;
}

/** What the conditions of groups may ask of the contact, whoever looks. */
export function traitsOf({ values, identities, channelIds, vip, blocked }: ContactDocument): ContactTraits {
  return { values, channelIds, media: [...new Set(identities.map(({ medium }) => medium))], vip, blocked };
}

/** A contact as lists show it to the viewer. */
export interface ContactShown {
  /** Who speaks for it since a merge. */
  readonly contactId: string;
  readonly name: string | null;
  readonly vip: boolean;
}

/** By the id that was asked for; who is not there any more is left out. */
export async function contactsShown(
  models: ReadModels,
  contactIds: readonly string[],
  { channels }: Viewer,
): Promise<ReadonlyMap<string, ContactShown>> {
  const speaking = await speakersFor(models, contactIds);
  return new Map(
    [...speaking].map(([id, contact]) => {
      const { name } = nameFor(contact, channels);
      return [id, { contactId: contact.contactIds[0], name, vip: contact.vip }];
    }),
  );
}

/**
 * ASG-6: an identity met only on channels that the viewer lacks is not there; one never met shows to all who see the
 * contact.
 */
export function identitiesFor(
  { identities }: ContactDocument,
  { channels }: Pick<Viewer, 'channels'>,
): readonly ShownIdentity[] {
  return seenIdentities(identities, channels).map((identity) => ({
    ...identity,
    channelIds: identity.channelIds.filter((id) => reaches(channels, [id])),
  }));
}

/** In the admin's order. What is hidden from the viewer is left out. */
function attributesFor(
  document: ContactDocument,
  catalogue: AttributeCatalogue,
  viewer: Viewer,
): readonly AttributeItem[] {
  return document.values
    .filter((value) => isShown(value, document, catalogue, viewer))
    .map((value) => {
      const place = catalogue.findIndex((definition) => isOf(definition, value));
      const { label = value.alias, format = 'text', options = [] } = catalogue[place] ?? {};
      const option = options.find(({ optionId }) => optionId === value.value);
      return {
        place: place < 0 ? catalogue.length : place,
        item: { ...value, label, format, ...(option && { option }) },
      };
    })
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

type AttributeName = Pick<ShownValue, 'alias' | 'medium'>;

/** ATT-3: switched off, an attribute is hidden from people. What a channel told goes with the channel's identity. */
function isShown(
  attribute: AttributeName,
  document: ContactDocument,
  catalogue: AttributeCatalogue,
  viewer: Viewer,
): boolean {
  const { medium } = attribute;
  if (medium !== null && !identitiesFor(document, viewer).some((identity) => identity.medium === medium)) return false;
  return viewer.role === 'service' || catalogue.find((one) => isOf(one, attribute))?.enabled !== false;
}

function isOf(definition: AttributeDefinition, { alias, medium }: AttributeName): boolean {
  return definition.alias === alias && (definition.medium ?? null) === medium;
}

/** Whether who sees the contact sees this attribute of it, whether or not it has a value. */
export function showsAttribute(
  document: ContactDocument,
  catalogue: AttributeCatalogue,
  attribute: AttributeName,
  viewer: Viewer,
): boolean {
  const isKnown = attribute.medium === 'custom' || catalogue.some((definition) => isOf(definition, attribute));
  return isKnown && isShown(attribute, document, catalogue, viewer);
}

function blockedFor({ blockedMessages }: ContactDocument, { channels }: Viewer): number {
  return blockedMessages
    .filter(({ channelId }) => reaches(channels, [channelId]))
    .reduce((sum, { count }) => sum + count, 0);
}

function conversationsFor(
  { conversations, olderConversations }: ContactDocument,
  { channels }: Viewer,
): Pick<ContactView, 'conversations' | 'conversationCount'> {
  const visible = conversations
    .filter(({ channelIds }) => reaches(channels, channelIds))
    .map((conversation) => ({
      ...conversation,
      channelIds: conversation.channelIds.filter((id) => reaches(channels, [id])),
    }));
  const older = olderConversations
    .filter(({ channelIds }) => reaches(channels, channelIds))
    .reduce((sum, { count }) => sum + count, 0);
  return { conversations: visible, conversationCount: visible.length + older };
}

/** Who speaks for these contacts, each once, if the viewer sees them. */
export async function visibleContacts(
  models: ReadModels,
  contactIds: readonly string[],
  viewer: Viewer,
): Promise<readonly VisibleContact[]> {
  const speaking = await speakersFor(models, contactIds);
  const found = new Map([...speaking.values()].map((contact) => [contact.contactIds[0], contact]));
  return [...found.values()]
    .filter((contact) => !contact.deleting && seesContact(contact, viewer))
    .map((contact) => ({
      contactId: contact.contactIds[0],
      contactIds: contact.contactIds,
      name: nameFor(contact, viewer.channels).name,
    }));
}

export interface VisibleContact {
  readonly contactId: string;
  /** With those that were merged into it; its own first. */
  readonly contactIds: readonly string[];
  readonly name: string | null;
}
