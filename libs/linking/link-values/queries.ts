import { readPage } from '#event-sourcing';
import type { Page, PageWanted, ReadModels } from '#event-sourcing';
import { linkValuesModel } from './document.js';
import type { LinkValueDocument } from './document.js';

export interface SuspendedValue {
  /** Keyed hash of the value. */
  readonly valueKey: string;
  readonly contacts: number;
}

/** The values that more than so many contacts have, the most common first. */
export async function suspendedValues(
  models: ReadModels,
  most: number,
  wanted: PageWanted,
): Promise<Page<SuspendedValue>> {
  const list = { where: { contacts: { gt: most } }, sort: { contacts: -1 } } as const;
  const page = await readPage<LinkValueDocument>(models, linkValuesModel, list, wanted);
  return { ...page, items: page.items.map(({ _id, contacts }) => ({ valueKey: _id, contacts })) };
}
