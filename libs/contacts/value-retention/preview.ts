import type { AttributeDefinition } from '#attributes/attributes';
import type { Page, PageWanted, ReadModels, Stored } from '#event-sourcing';
import { nameFor } from '../contact-profile/index.js';
import { contactsModel, speakersFor } from '../contact-view/index.js';
import type { ContactDocument } from '../contact-view/index.js';

/** A contact that has outlived the retention of an attribute. */
export interface OutlivedValue {
  /** Who speaks for it. */
  readonly contactId: string;
  /** Who holds the value: another one when it came by a merge. */
  readonly ownerId: string;
  /** Of the holder's stream, as it was looked at. */
  readonly revision: number;
  readonly name: string | null;
  /** Since when no conversation of the contact is open. */
  readonly since: string;
}

/** So many contacts are looked at for a page: it can be shorter than asked for, and still not be the last. */
const contactsOfPage = 500;

/** ATT-7: whose value would go, in the order of their holders' ids. `before`: an instant, now less the retention. */
export async function outlivedValues(
  models: ReadModels,
  attribute: Pick<AttributeDefinition, 'alias' | 'medium'>,
  before: string,
  { limit, after }: PageWanted,
): Promise<Page<OutlivedValue>> {
  const request = { where: {}, sort: {}, limit: contactsOfPage, ...(after && { after }) };
  const contacts = await models.page<ContactDocument>(contactsModel, request);
  const holders = contacts.filter((contact) => hasValue(contact, attribute));
  const speaking = await speakersFor(
    models,
    holders.map(({ _id }) => _id),
  );
  const found: OutlivedValue[] = [];
  for (const { _id: ownerId, revision } of holders) {
    const contact = speaking.get(ownerId);
    const since = contact && restingSince(contact);
    if (contact && since !== undefined && since <= before) {
      found.push({ contactId: contact.contactIds[0], ownerId, revision, name: nameFor(contact, 'all').name, since });
    }
    if (found.length === limit) return { items: found, next: [ownerId] };
  }
  const last = contacts.at(-1);
  return contacts.length === contactsOfPage && last ? { items: found, next: [last._id] } : { items: found };
}

/** `undefined`: a conversation is open. An open one is among the newest. */
function restingSince({ conversations, createdAt }: ContactDocument): string | undefined {
  const ends = conversations.map(({ closedAt }) => closedAt);
  return ends.reduce<string | undefined>(
    (latest, end) => (latest === undefined || end === null ? undefined : end > latest ? end : latest),
    createdAt,
  );
}

function hasValue(
  { values, deleting }: Stored<ContactDocument>,
  attribute: Pick<AttributeDefinition, 'alias' | 'medium'>,
): boolean {
  const medium = attribute.medium ?? null;
  return !deleting && values.some((value) => value.alias === attribute.alias && value.medium === medium);
}
