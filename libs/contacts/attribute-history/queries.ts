import type { Viewer } from '#access/user';
import { findAttribute, platformName } from '#attributes/attributes';
import type { AttributeCatalogue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import { readPage } from '#event-sourcing';
import type { Page, PageWanted, ReadModels } from '#event-sourcing';
import { showsAttribute } from '../contact-view/index.js';
import type { WholeContact } from '../contact-view/index.js';
import { attributeHistoryModel } from './document.js';
import type { ValueChangeDocument } from './document.js';

export type ValueChange = Pick<ValueChangeDocument, 'value' | 'source' | 'actor' | 'at'> & { readonly redacted?: true };

/**
 * What an attribute of the contact has held, newest first. `name`: as the catalogue finds it. `undefined`: there is no
 * such attribute for this viewer. A merged contact shows values of those who were merged into it, so their history too
 * (CON-5); what channels told of them goes with identities that the viewer may lack (ASG-6).
 */
export async function attributeHistory(
  models: ReadModels,
  catalogue: AttributeCatalogue,
  { contact, name }: { readonly contact: WholeContact; readonly name: string },
  viewer: Viewer,
  wanted: PageWanted,
): Promise<Page<ValueChange> | undefined> {
  const attribute = attributeNamed(catalogue, name);
  if (!showsAttribute(contact, catalogue, attribute, viewer)) return undefined;
  const contactIds = attribute.medium === null ? contact.contactIds : contact.contactIds.slice(0, 1);
  const list = { where: { contactId: { in: contactIds }, ...attribute }, sort: { position: -1 } } as const;
  const page = await readPage<ValueChangeDocument>(models, attributeHistoryModel, list, wanted);
  return {
    ...page,
    items: page.items.map(changeOf),
  };
}

/** Keys under the profile of `custom` channels stand in no catalogue. */
function attributeNamed(
  catalogue: AttributeCatalogue,
  name: string,
): { readonly alias: string; readonly medium: Medium | null } {
  const { alias, medium = null } = findAttribute(catalogue, name) ?? platformName(name);
  return { alias, medium };
}

function changeOf({ value, redacted, source, actor, at }: ValueChangeDocument): ValueChange {
  return { value, source, actor, at, ...(redacted && { redacted }) };
}
