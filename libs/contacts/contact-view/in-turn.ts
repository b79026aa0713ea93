import type { ContactTraits } from '#contact-groups/condition';
import type { ReadModels } from '#event-sourcing';
import { contactsModel } from './document.js';
import type { ContactDocument } from './document.js';
import { nameFor } from '../contact-profile/index.js';
import { withOthers } from './merged.js';
import { traitsOf } from './queries.js';

/** A contact with all that was merged into it, as one of all, whoever looks. */
export interface ContactInTurn {
  readonly contactId: string;
  readonly mergedIds: readonly string[];
  readonly name: string | null;
  readonly hint: string;
  readonly traits: ContactTraits;
  /** Since when no conversation is open; without any, since the contact was made. `null`: one is open. */
  readonly quietSince: string | null;
}

const contactsAtOnce = 500;

/** All contacts that speak for themselves and are not being deleted, in the order of their ids. */
export async function* contactsInTurn(models: ReadModels): AsyncGenerator<ContactInTurn> {
  for (let after: readonly string[] | undefined; ;) {
    const request = { where: { deleting: false, mergedInto: null }, sort: {}, limit: contactsAtOnce, after };
    const page = await models.page<ContactDocument>(contactsModel, request);
    const merged = await models.many<ContactDocument>(contactsModel, page.flatMap(absorbedIds));
    const others = new Map(merged.map((one) => [one._id, one]));
    for (const document of page) yield inTurn(document._id, document, others);
    const last = page.at(-1);
    if (!last || page.length < contactsAtOnce) return;
    after = [last._id];
  }
}

/** `undefined`: it is not there, being deleted, or went into another one. */
export async function contactInTurn(models: ReadModels, contactId: string): Promise<ContactInTurn | undefined> {
  const document = await models.get<ContactDocument>(contactsModel, contactId);
  if (!document || document.deleting || document.mergedInto !== null) return undefined;
  const merged = await models.many<ContactDocument>(contactsModel, absorbedIds(document));
  return inTurn(contactId, document, new Map(merged.map((one) => [one._id, one])));
}

type Documents = Parameters<typeof withOthers>[1];

function inTurn(
  contactId: string,
  document: ContactDocument,
  known: ReadonlyMap<string, Documents[number]>,
): ContactInTurn {
  const mergedIds = absorbedIds(document);
  const others = mergedIds.flatMap((id) => known.get(id) ?? []);
  const whole = withOthers(document, others, [contactId, ...mergedIds]);
  const { name, hint } = nameFor(whole, 'all');
  return { contactId, mergedIds, name, hint, traits: traitsOf(whole), quietSince: quietSince([document, ...others]) };
}

const absorbedIds = ({ absorbed }: ContactDocument): readonly string[] =>
  absorbed.flatMap(({ contactIds }) => contactIds);

/** Of each contact's chain only the newest conversation can be open, and ended last. */
function quietSince(documents: readonly ContactDocument[]): string | null {
  const ends = documents.map(({ conversations: [newest], createdAt }) => (newest ? newest.closedAt : createdAt));
  return ends.reduce((latest, end) => (latest === null || end === null ? null : end > latest ? end : latest));
}
