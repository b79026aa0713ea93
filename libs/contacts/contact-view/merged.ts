import type { ReadModels, Stored } from '#event-sourcing';
import { contactsModel } from './document.js';
import type { ContactDocument, ShownConversation } from './document.js';

/** A contact with what was merged into it. */
export interface WholeContact extends ContactDocument {
  /** Its own id first. */
  readonly contactIds: readonly string[];
}

const newestShown = 20;

/** The contact, or `undefined` when none is known. What was merged into it is read from its own documents, never copied. */
export async function wholeContact(models: ReadModels, contactId: string): Promise<WholeContact | undefined> {
  const document = await models.get<ContactDocument>(contactsModel, contactId);
  if (!document) return undefined;
  const ids = document.absorbed.flatMap(({ contactIds }) => contactIds);
  if (ids.length === 0) return { ...document, contactIds: [contactId] };
  const found = await models.many<ContactDocument>(contactsModel, ids);
  const others = ids.flatMap((id) => found.find(({ _id }) => _id === id) ?? []);
  return withOthers(document, others, [contactId, ...ids]);
}

/** The last primary of a chain of merges; `undefined`: the contact was not merged into another one. */
export async function lastPrimary(models: ReadModels, contactId: string): Promise<string | undefined> {
  const document = await models.get<ContactDocument>(contactsModel, contactId);
  const primaryId = document?.mergedInto ?? undefined;
  return primaryId === undefined ? undefined : ((await lastPrimary(models, primaryId)) ?? primaryId);
}

export function withOthers(
  document: ContactDocument,
  others: readonly Stored<ContactDocument>[],
  contactIds: readonly string[],
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
    values: valuesOf(document, others),
    blockedMessageCount: all.reduce((sum, one) => sum + one.blockedMessageCount, 0),
    conversations: conversations.slice(0, newestShown),
    olderConversations: [...all.flatMap(({ olderConversations }) => olderConversations), ...fallen],
  };
}

function newestFirst(one: ShownConversation, other: ShownConversation): number {
  if (one.openedAt === other.openedAt) return 0;
  return one.openedAt > other.openedAt ? -1 : 1;
}

/** Its own, but for those that a merge brought; what channels told of the others where the contact itself has nothing. */
function valuesOf(
  { values, absorbed }: ContactDocument,
  others: readonly Stored<ContactDocument>[],
): ContactDocument['values'] {
  const owners = new Map(absorbed.flatMap((merge) => merge.values.map(({ alias, contactId }) => [alias, contactId])));
  const borrowed = [...owners].flatMap(([alias, ownerId]) => {
    const owner = others.find(({ _id }) => _id === ownerId);
    return owner?.values.find((value) => value.alias === alias && value.medium === null) ?? [];
  });
  const shown = [...values.filter(({ alias, medium }) => medium !== null || !owners.has(alias)), ...borrowed];
  for (const value of others.flatMap((other) => other.values)) {
    const { alias, medium } = value;
    if (medium !== null && !shown.some((one) => one.alias === alias && one.medium === medium)) shown.push(value);
  }
  return shown;
}
