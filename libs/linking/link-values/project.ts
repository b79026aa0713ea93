import { contactsNamed, mergedWith, speakerFor } from '#contacts/contact-profile';
import { defineProjection, removed } from '#event-sourcing';
import type { Recorded, SideDocuments } from '#event-sourcing';
import { evolvePart, keysOf, matchSteps, wholeValues } from '../links/index.js';
import type { MatchedPart, MatchEvent } from '../links/index.js';
import { linkValuesIndexes, linkValuesModel, linkValuesSchema } from './document.js';
import type { LinkValueDocument } from './document.js';

type Side = SideDocuments<MatchedPart>;

const partStep = {
  key: ({ data }: Recorded<MatchEvent>) => data.contactId,
  project: (part: MatchedPart | undefined, event: Recorded<MatchEvent>) => evolvePart(part, event) ?? (part && removed),
};

/** The values of these contacts, each as often as it counts. */
function counted(contactIds: ReadonlySet<string>, side: Side): readonly string[] {
  return [...contactIds].flatMap((id) => keysOf(wholeValues(id, (one) => side.get(one)) ?? []));
}

/** By how much the event changes how many contacts have each value. */
function differences({ data }: Recorded<MatchEvent>, side: Side, seenBefore: Side): ReadonlyMap<string, number> {
  const { contactId } = data;
  const others = (seen: Side) => [...seen].filter(([id]) => id !== contactId);
  // The event changed this one contact: whatever else was seen before is so after it, and the other way round.
  const after = new Map([...others(seenBefore), ...side]);
  const before = new Map([...others(side), ...seenBefore]);
  const concerned = new Set(
    [before, after].flatMap((then) => [contactId, speakerFor(contactId, (id) => then.get(id))]),
  );
  const found = new Map<string, number>();
  for (const key of counted(concerned, after)) found.set(key, (found.get(key) ?? 0) + 1);
  for (const key of counted(concerned, before)) found.set(key, (found.get(key) ?? 0) - 1);
  return new Map([...found].filter(([, by]) => by !== 0));
}

const countStep = {
  key: (event: Recorded<MatchEvent>, side: Side, before: Side) => [...differences(event, side, before).keys()],
  project(
    document: LinkValueDocument | undefined,
    event: Recorded<MatchEvent>,
    { id, side, before }: { readonly id: string; readonly side: Side; readonly before: Side },
  ) {
    const contacts = (document?.contacts ?? 0) + (differences(event, side, before).get(id) ?? 0);
    return contacts > 0 ? { contacts } : removed;
  },
};

/** How many contacts have a value: LNK-6 suspends the link of more than fifty. */
export const linkValuesProjection = defineProjection<LinkValueDocument, MatchEvent, MatchedPart>({
  name: linkValuesModel,
  schema: linkValuesSchema,
  indexes: linkValuesIndexes,
  owners: () => [],
  side: {
    owners: (contactId) => [contactId],
    load: ({ data }) => contactsNamed(data),
    neighbours: mergedWith,
    on: matchSteps(partStep),
  },
  on: matchSteps(countStep),
});
