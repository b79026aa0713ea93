import type { AttributeDefinition } from '#attributes/attributes';
import type { Page, PageWanted, ReadModels, Stored } from '#event-sourcing';
import { nameFor } from '../contact-profile/index.js';
import { contactsModel } from '../contact-view/index.js';
import type { ContactDocument } from '../contact-view/index.js';

/** A contact that has outlived the retention of an attribute. */
export interface OutlivedValue {
  readonly contactId: string;
  readonly name: string | null;
  /** Since when no conversation of the contact is open. */
  readonly since: string;
}

/** So many contacts are looked at for a page: it can be shorter than asked for, and still not be the last. */
const contactsOfPage = 500;

/** ATT-7, the dry run: whose value would go, in the order of their ids. `before`: an instant, now less the retention. */
export async function outlivedValues(
  models: ReadModels,
  attribute: Pick<AttributeDefinition, 'alias' | 'medium'>,
  before: string,
  { limit, after }: PageWanted,
): Promise<Page<OutlivedValue>> {
  const request = { where: {}, sort: {}, limit: contactsOfPage, ...(after && { after }) };
  const contacts = await models.page<ContactDocument>(contactsModel, request);
  const found: OutlivedValue[] = [];
  for (const contact of contacts) {
    const since = restingSince(contact);
    if (hasValue(contact, attribute) && since !== undefined && since <= before) {
      found.push({ contactId: contact._id, name: nameFor(contact, 'all').name, since });
    }
    if (found.length === limit) return { items: found, next: [contact._id] };
  }
  const last = contacts.at(-1);
  return contacts.length === contactsOfPage && last ? { items: found, next: [last._id] } : { items: found };
}

/** `undefined`: a conversation is open. The newest conversations are listed first. */
function restingSince({ conversations, createdAt }: ContactDocument): string | undefined {
  const [newest] = conversations;
  return newest ? (newest.closedAt ?? undefined) : createdAt;
}

function hasValue(
  { values, deleting }: Stored<ContactDocument>,
  attribute: Pick<AttributeDefinition, 'alias' | 'medium'>,
): boolean {
  const medium = attribute.medium ?? null;
  return !deleting && values.some((value) => value.alias === attribute.alias && value.medium === medium);
}
