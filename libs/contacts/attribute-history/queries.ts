import type { Viewer } from '#access/user';
import { findAttribute, platformName } from '#attributes/attributes';
import type { AttributeCatalogue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import { readPage } from '#event-sourcing';
import type { Page, PageWanted, ReadModels } from '#event-sourcing';
import { showsAttribute } from '../contact-view/index.js';
import { attributeHistoryModel } from './document.js';
import type { ValueChangeDocument } from './document.js';

export type ValueChange = Pick<ValueChangeDocument, 'value' | 'source' | 'actor' | 'at'> & { readonly redacted?: true };

/**
 * What an attribute of the contact has held, newest first. `name`: as the catalogue finds it. `undefined`: there is no
 * such contact or attribute for this viewer.
 */
export async function attributeHistory(
  models: ReadModels,
  catalogue: AttributeCatalogue,
  { contactId, name }: { readonly contactId: string; readonly name: string },
  viewer: Viewer,
  wanted: PageWanted,
): Promise<Page<ValueChange> | undefined> {
  const attribute = attributeNamed(catalogue, name);
  if (!(await showsAttribute(models, catalogue, contactId, attribute, viewer))) return undefined;
  const list = { where: { contactId, ...attribute }, sort: { position: -1 } } as const;
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
