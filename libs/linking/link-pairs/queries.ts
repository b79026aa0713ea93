import type { ReadModels, Scalar } from '#event-sourcing';
import { linkPairsModel } from './document.js';
import type { LinkPairDocument } from './document.js';

const pairsAtOnce = 500;

/** Those that were linked with, or set apart from, any of these contacts; by contact, in both directions. */
export async function partnersOf(
  models: ReadModels,
  contactIds: readonly string[],
  said: LinkPairDocument['said'],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const partners = new Map<string, Set<string>>();
  const add = (id: string, partner: string): void => {
    partners.set(id, (partners.get(id) ?? new Set()).add(partner));
  };
  for (let after: readonly Scalar[] | undefined; ;) {
    const request = { where: { contactIds: { in: contactIds }, said }, sort: {}, limit: pairsAtOnce, after };
    const page = await models.page<LinkPairDocument>(linkPairsModel, request);
    for (const {
      contactIds: [one, other],
    } of page) {
      add(one, other);
      add(other, one);
    }
    const last = page.at(-1);
    if (!last || page.length < pairsAtOnce) return partners;
    after = [last._id];
  }
}
