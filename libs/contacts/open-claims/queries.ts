import type { ReadModels } from '#event-sourcing';
import { openClaimsModel } from './document.js';
import type { OpenClaimDocument } from './document.js';

const most = 1_000;

/** Keys of identities that are claimed for the contact and not attached to it. */
export async function openClaimsOf(models: ReadModels, contactId: string): Promise<readonly string[]> {
  const request = { where: { contactId }, sort: {}, limit: most } as const;
  return (await models.page<OpenClaimDocument>(openClaimsModel, request)).map(({ _id }) => _id);
}
