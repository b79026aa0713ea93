import type { ReadModels, Stored } from '#event-sourcing';
import { composedValues, mergedWith, speakerFor } from '../contact-profile/index.js';
import { contactsModel } from './document.js';
import type { ContactDocument, ShownConversation } from './document.js';

/** A contact with what was merged into it. */
export interface WholeContact extends ContactDocument {
  /** Its own id first. */
  readonly contactIds: readonly [string, ...string[]];
}

const newestShown = 20;

/**
 * The contact, or `undefined` when none is known. What was merged into it is read from its own documents, never copied.
 */
export async function wholeContact(models: ReadModels, contactId: string): Promise<WholeContact | undefined> {
  const document = await models.get<ContactDocument>(contactsModel, contactId);
  if (!document) return undefined;
  const ids = document.absorbed.flatMap(({ contactIds }) => contactIds);
  if (ids.length === 0) return { ...document, contactIds: [contactId] };
  const found = await models.many<ContactDocument>(contactsModel, ids);
  const others = ids.flatMap((id) => found.find(({ _id }) => _id === id) ?? []);
  return withOthers(document, others, [contactId, ...ids]);
}

/** The last primary of the merges of each of these contacts; who was not merged, or is not known, stands for itself. */
export async function speakerIdsFor(
  models: ReadModels,
  contactIds: readonly string[],
): Promise<(contactId: string) => string> {
  const known = new Map<string, Stored<ContactDocument>>();
  let wanted = new Set(contactIds);
  while (wanted.size > 0) {
    const found = await models.many<ContactDocument>(contactsModel, [...wanted]);
    for (const document of found) known.set(document._id, document);
    wanted = new Set(
      found.flatMap(({ mergedInto }) => (mergedInto === null || known.has(mergedInto) ? [] : mergedInto)),
    );
  }
  return (contactId) => speakerFor(contactId, (id) => known.get(id));
}

/** For each of the contacts that is there, the last primary of its merges with all that was merged into that. */
export async function speakersFor(
  models: ReadModels,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, WholeContact>> {
  const known = new Map<string, Stored<ContactDocument>>();
  let wanted = new Set(contactIds);
  while (wanted.size > 0) {
    const found = await models.many<ContactDocument>(contactsModel, [...wanted]);
    for (const document of found) known.set(document._id, document);
    wanted = new Set(found.flatMap(mergedWith).filter((id) => !known.has(id)));
  }
  return new Map(
    [...new Set(contactIds)].flatMap((contactId) => {
      const speaker = speakerFor(contactId, (id) => known.get(id));
      const document = known.get(speaker);
      if (!document) return [];
      const ids = document.absorbed.flatMap((merge) => merge.contactIds);
      const others = ids.flatMap((id) => known.get(id) ?? []);
      return [[contactId, withOthers(document, others, [speaker, ...ids])] as const];
    }),
  );
}

export function withOthers(
  document: ContactDocument,
  others: readonly Stored<ContactDocument>[],
  contactIds: WholeContact['contactIds'],
): WholeContact {
  const all = [document, ...others];
  const conversations = all.flatMap((one) => one.conversations).toSorted(newestFirst);
  const fallen = conversations.slice(newestShown).map(({ channelIds }) => ({ channelIds, count: 1 }));
  return {
    ...document,
    contactIds,
    givenName: all.find(({ givenName }) => givenName !== null)?.givenName ?? null,
    identities: all.flatMap(({ identities }) => identities),
    channelIds: [...new Set(all.flatMap(({ channelIds }) => channelIds))],
    values: composedValues(document, (id) => others.find(({ _id }) => _id === id)?.values ?? []),
    blockedMessages: all.flatMap(({ blockedMessages }) => blockedMessages),
    conversations: conversations.slice(0, newestShown),
    olderConversations: [...all.flatMap(({ olderConversations }) => olderConversations), ...fallen],
  };
}

function newestFirst(one: ShownConversation, other: ShownConversation): number {
  if (one.openedAt === other.openedAt) return 0;
  return one.openedAt > other.openedAt ? -1 : 1;
}
