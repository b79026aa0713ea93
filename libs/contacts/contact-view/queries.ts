import { reaches } from '#access/user';
import type { Viewer } from '#access/user';
import { vipEnabled } from '#attributes/attributes';
import type { AttributeCatalogue, AttributeFormat } from '#attributes/attributes';
import type { ReadModels } from '#event-sourcing';
import { newestNotes } from '../contact-notes/index.js';
import type { ContactNote } from '../contact-notes/index.js';
import { seesContact } from '../contact/index.js';
import { contactsModel } from './document.js';
import type { ContactDocument, ShownConversation, ShownIdentity, ShownValue } from './document.js';

export interface AttributeItem extends ShownValue {
  readonly label: string;
  readonly format: AttributeFormat;
}

/** A contact as the viewer may see it. */
export interface ContactView {
  /** Of the contact's stream; for ETag. */
  readonly revision: number;
  readonly contactId: string;
  /** `null`: nothing is known that could be a name. */
  readonly name: string | null;
  readonly hint: string;
  readonly identities: readonly ShownIdentity[];
  /** In the admin's order; keys under the profile of `custom` channels, which nobody has put in order, come last. */
  readonly attributes: readonly AttributeItem[];
  readonly vip: boolean;
  readonly groups: readonly string[];
  /** The newest 20, newest first. */
  readonly notes: readonly ContactNote[];
  readonly noteCount: number;
  readonly blocked: boolean;
  readonly assignee: ContactDocument['assignee'];
  /** The newest 20 of all that the viewer may see, newest first. */
  readonly conversations: readonly ShownConversation[];
  readonly conversationCount: number;
}

/** `gone`: its deletion was requested. `undefined`: there is none for this viewer, or no trace of it any more. */
export async function contactView(
  models: ReadModels,
  catalogue: AttributeCatalogue,
  contactId: string,
  viewer: Viewer,
): Promise<ContactView | { readonly gone: true } | undefined> {
  const document = await models.get<ContactDocument>(contactsModel, contactId);
  if (!document || !seesContact(document, viewer)) return undefined;
  if (document.deleting) return { gone: true };
  const { revision, name, hint, vip, assignee } = document;
  return {
    revision,
    contactId,
    name,
    hint,
    identities: identitiesFor(document, viewer),
    attributes: attributesFor(document, catalogue, viewer),
    vip,
    groups: vip && vipEnabled(catalogue) ? ['vip'] : [],
    ...(await newestNotes(models, contactId)),
    blocked: false,
    assignee,
    ...conversationsFor(document, viewer),
  };
}

/** ASG-6: an identity met only on channels that the viewer lacks is not there; one never met shows to all who see the contact. */
function identitiesFor({ identities }: ContactDocument, { channels }: Viewer): readonly ShownIdentity[] {
  return identities
    .filter(({ channelIds }) => channelIds.length === 0 || reaches(channels, channelIds))
    .map((identity) => ({ ...identity, channelIds: identity.channelIds.filter((id) => reaches(channels, [id])) }));
}

/** ATT-3: switched off, an attribute is hidden from people. What a channel told goes with the channel's identity. */
function attributesFor(
  document: ContactDocument,
  catalogue: AttributeCatalogue,
  viewer: Viewer,
): readonly AttributeItem[] {
  const media = new Set(identitiesFor(document, viewer).map(({ medium }) => medium));
  return document.values
    .filter(({ medium }) => medium === null || media.has(medium))
    .flatMap((value) => {
      const place = catalogue.findIndex(({ alias, medium = null }) => alias === value.alias && medium === value.medium);
      const definition = catalogue[place];
      if (definition && !definition.enabled && viewer.role !== 'service') return [];
      const { label = value.alias, format = 'text' } = definition ?? {};
      return [{ place: definition ? place : catalogue.length, item: { ...value, label, format } }];
    })
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
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
