import { platformName } from '#attributes/attributes';
import { speakerIdsFor } from '#contacts/contact-view';
import type { Ids, ReadModels, Stored } from '#event-sourcing';
import { linkValuesModel } from '../link-values/index.js';
import type { LinkValueDocument } from '../link-values/index.js';
import { partnersOf } from '../link-pairs/index.js';
import { linksModel } from '../links/index.js';
import type { LinksDocument } from '../links/index.js';
import { placeholderKeys } from './placeholders.js';

/** LNK-6: a value that more contacts have says nothing about any of them. */
export const mostContactsOfValue = 50;
/** So many linked contacts are shown; a chain of values could go on for ever. */
const mostLinked = 200;

export interface LinkSettings {
  /** Alias, or `medium.alias`; `null`: contacts are linked by hand only (LNK-1 needs no link: an identity has one owner). */
  readonly matchingAttribute: string | null;
  /** Values that never match, as the admin wrote them. */
  readonly placeholders: readonly string[];
}

export interface LinkedContact {
  readonly contactId: string;
  readonly by: 'value' | 'hand';
}

export interface Links {
  readonly linked: readonly LinkedContact[];
  /** Some of the contact's values link nobody, because too many have them (LNK-6). */
  readonly suspended: boolean;
}

/**
 * The contacts linked with one: by values, transitively, never through a pair that was dissolved (LNK-4); by hand only
 * those that were linked with this one.
 */
export async function linksOf(
  { models, ids }: { readonly models: ReadModels; readonly ids: Ids },
  settings: LinkSettings,
  contactId: string,
): Promise<Links> {
  const start = await models.get<LinksDocument>(linksModel, contactId);
  if (!start) return { linked: [], suspended: false };
  const keysIn = keyFinder(settings, ids);
  const apartFromStart = await partnersOf(models, start.contactIds, 'apart');
  const seen = new Set([contactId]);
  const asked = new Set<string>();
  const byValue: string[] = [];
  let suspended = false;
  let frontier: readonly Stored<LinksDocument>[] = [start];
  while (frontier.length > 0 && byValue.length < mostLinked) {
    const keys = [...new Set(frontier.flatMap(keysIn))].filter((key) => !asked.has(key));
    for (const key of keys) asked.add(key);
    const counted = await models.many<LinkValueDocument>(linkValuesModel, keys);
    const telling = counted.filter(({ contacts }) => contacts <= mostContactsOfValue).map(({ _id }) => _id);
    suspended ||= frontier.includes(start) && telling.length < counted.length;
    const next: Stored<LinksDocument>[] = [];
    for (const key of telling) {
      const page = { where: { keys: key }, sort: {}, limit: mostContactsOfValue + 1 };
      const holders = (await models.page<LinksDocument>(linksModel, page)).filter((one) => keysIn(one).includes(key));
      const from = [...frontier, ...next].filter((one) => keysIn(one).includes(key));
      const known = [...from, ...holders].flatMap(({ contactIds }) => contactIds);
      const apart = await partnersOf(models, known, 'apart');
      for (const holder of holders) if (isApart(start, holder, apartFromStart)) seen.add(holder._id);
      for (const holder of reachable(from, holders, { seen, apart })) {
        seen.add(holder._id);
        byValue.push(holder._id);
        next.push(holder);
      }
    }
    frontier = next;
  }
  const saidLinked = await partnersOf(models, start.contactIds, 'linked');
  const saidOfStart = (said: Partners): string[] => start.contactIds.flatMap((id) => [...(said.get(id) ?? [])]);
  const [linkedWith, apartFrom] = [saidOfStart(saidLinked), saidOfStart(apartFromStart)];
  const speakerOf = await speakerIdsFor(models, [...linkedWith, ...apartFrom]);
  const apartNow = new Set(apartFrom.map(speakerOf));
  // What was said of the two themselves goes before what was said of somebody who was merged into one of them.
  const isLinked = (id: string): boolean => saidLinked.get(contactId)?.has(id) === true || !apartNow.has(id);
  const byHand = [...new Set(linkedWith)].filter((id) => !byValue.includes(id) && isLinked(speakerOf(id)));
  const linked = [
    ...byValue.map((id): LinkedContact => ({ contactId: id, by: 'value' })),
    ...byHand.map((id): LinkedContact => ({ contactId: id, by: 'hand' })),
  ];
  return { linked: linked.slice(0, mostLinked), suspended };
}

/** Those who share a value are linked with each other, but for dissolved pairs: one can stand between two of them. */
function reachable(
  from: readonly Stored<LinksDocument>[],
  holders: readonly Stored<LinksDocument>[],
  { seen, apart }: { readonly seen: ReadonlySet<string>; readonly apart: Partners },
): readonly Stored<LinksDocument>[] {
  const reached: Stored<LinksDocument>[] = [];
  let left = holders.filter(({ _id }) => !seen.has(_id));
  for (;;) {
    const next = left.filter((holder) => ![...from, ...reached].every((one) => isApart(one, holder, apart)));
    if (next.length === 0) return reached;
    reached.push(...next);
    left = left.filter((one) => !next.includes(one));
  }
}

type Partners = ReadonlyMap<string, ReadonlySet<string>>;

/** Also when it was said of somebody who was merged into one of the two. */
const isApart = (one: LinksDocument, other: LinksDocument, apart: Partners): boolean =>
  one.contactIds.some((id) => other.contactIds.some((otherId) => apart.get(id)?.has(otherId)));

/** The keys of a contact that count under these settings. */
function keyFinder({ matchingAttribute, placeholders }: LinkSettings, ids: Ids): (contact: LinksDocument) => string[] {
  if (matchingAttribute === null) return () => [];
  const { alias, medium } = platformName(matchingAttribute);
  const meaningless = placeholderKeys(ids, alias, placeholders);
  return ({ values }) =>
    values
      .filter((value) => value.alias === alias && (medium === undefined || value.medium === medium))
      .flatMap(({ keys }) => keys)
      .filter((key) => !meaningless.has(key));
}
