import { reaches } from '#access/user';
import type { Viewer } from '#access/user';
import type { ContactView } from '#contacts/contact-view';
import { conversationStream } from '#conversations/conversation';
import { conversationView, messagesElsewhere, newestConversation } from '#conversations/conversation-view';
import type { DividedMessages, MessagesElsewhere } from '#conversations/conversation-view';
import type { EventStore, Page, PageWanted, ReadModels, RecordedEvent, Scalar } from '#event-sourcing';
import { hiddenItem, readItem } from './item.js';
import type { TimelineItem } from './item.js';
import type { Names } from './names.js';
import { conversationSteps, wholeSteps } from './steps.js';
import type { ContactPlace, TimelineStep } from './steps.js';
import { wordsOf } from './words/index.js';
import type { Place } from './words/index.js';

export interface TimelinePorts {
  readonly store: EventStore;
  /** Say what there is, and who may see it. */
  readonly models: ReadModels;
  readonly names: Names;
}

/** What of the contact's page decides what its timeline tells. */
type ContactInView = Pick<ContactView, 'contactId' | 'mergedIds' | 'identities'>;

/** What the timeline of a contact is put together from. */
export interface TimelineSources {
  readonly contact: ContactInView;
  /** The contact, and what is merged into it. */
  readonly contactIds: readonly string[];
  /** Messages that undone merges left in conversations of others. */
  readonly elsewhere: readonly MessagesElsewhere[];
}

export async function timelineSources(models: ReadModels, contact: ContactInView): Promise<TimelineSources> {
  const contactIds = [contact.contactId, ...contact.mergedIds];
  return { contact, contactIds, elsewhere: await messagesElsewhere(models, contactIds) };
}

/** `shown`, a line without content, or nothing at all. */
type Visibility = 'shown' | 'hidden' | 'absent';

/** A viewer who may see very little shall not have a whole history read for one page. */
const stepsPerPage = 2_000;

/** HIS-1: what happened to a contact that the viewer sees, and to what was merged into it, newest first. */
export async function contactTimeline(
  ports: TimelinePorts,
  { contact, contactIds, elsewhere }: TimelineSources,
  viewer: Viewer,
  { limit, after }: PageWanted,
): Promise<Page<TimelineItem>> {
  const { store, models, names } = ports;
  const places = placesIn(after ?? []);
  const starts = await Promise.all(
    contactIds.map(async (contactId, index) => {
      const newest = await newestConversation(models, contactId);
      const place = places[index];
      // A cursor comes from outside: there is nothing behind the newest one.
      const known = place && { ...place, conversation: Math.min(place.conversation, newest) };
      return { contactId, start: after === undefined ? { conversation: newest } : known };
    }),
  );
  const partsElsewhere = elsewhere.map((part, index) => ({
    part,
    from: after === undefined ? undefined : (places[contactIds.length + index]?.revision ?? -1),
  }));
  const seen = new Map<string, boolean>();
  const sees = async (conversationId: string): Promise<boolean> => {
    const known = seen.get(conversationId) ?? (await conversationView(models, conversationId, viewer)) !== undefined;
    seen.set(conversationId, known);
    return known;
  };
  const reachesPlace = placesOf(contact, viewer, names);
  const visibility = async (event: RecordedEvent): Promise<Visibility> => {
    const { data } = event;
    // What came or went through an identity that an undone merge gave back is another contact's again.
    if ('subjectId' in data && !contactIds.includes(String(data.subjectId))) return 'absent';
    if ('conversationId' in data && !(await sees(String(data.conversationId)))) return 'absent';
    return visibilityOf(event, reachesPlace);
  };
  return pageOf(wholeSteps(store, starts, partsElsewhere), visibility, names, limit, (next) =>
    next.flatMap((place) => [place?.own ?? -1, place?.conversation ?? 0, place?.revision ?? -1]),
  );
}

/** How many values a cursor of the contact's timeline has for each of its sources. */
export const placeValues = 3;

function placesIn(after: readonly Scalar[]): readonly ContactPlace[] {
  const values = revisionsIn(after);
  return Array.from({ length: values.length / placeValues }, (_, index) => {
    const [own = -1, conversation = 0, revision = -1] = values.slice(index * placeValues, (index + 1) * placeValues);
    return { own, conversation, revision };
  });
}

/** HIS-1: what happened in a conversation, newest first; `undefined` when there is none for this viewer. */
export async function conversationTimeline(
  { store, models, names }: TimelinePorts,
  conversationId: string,
  { elsewhere, gaveBack }: DividedMessages,
  viewer: Viewer,
  { limit, after }: PageWanted,
): Promise<Page<TimelineItem> | undefined> {
  if ((await conversationView(models, conversationId, viewer)) === undefined) return undefined;
  const places = after && revisionsIn(after);
  const placeOf = (source: number): number | undefined => places && (places[source] ?? -1);
  const reachesPlace = (place: Place): boolean => 'channelId' in place && reaches(viewer.channels, [place.channelId]);
  const isAnothers = ({ stream, data, position }: RecordedEvent): boolean =>
    stream === conversationStream(conversationId) &&
    'subjectId' in data &&
    gaveBack.some(({ subjectIds, until }) => subjectIds.includes(String(data.subjectId)) && position <= until);
  const visibility = (event: RecordedEvent): Promise<Visibility> =>
    Promise.resolve(isAnothers(event) ? 'absent' : visibilityOf(event, reachesPlace));
  const parts = elsewhere.map((part, index) => ({ part, from: placeOf(index + 1) }));
  const steps = conversationSteps(store, conversationId, placeOf(0), parts);
  return pageOf(steps, visibility, names, limit, (next) => next.map((revision) => revision ?? -1));
}

/** A cursor comes from outside: what is no revision reads as nothing left. */
function revisionsIn(after: readonly Scalar[]): readonly number[] {
  return after.map((value) => (Number.isSafeInteger(value) ? Number(value) : -1));
}

/** What the contact's page shows the viewer of identities and attributes, its timeline tells. */
function placesOf(contact: ContactInView, { channels, role }: Viewer, { catalogue }: Names): (place: Place) => boolean {
  const keys = new Set(contact.identities.map(({ identityKey }) => identityKey));
  const media = new Set(contact.identities.map(({ medium }) => medium));
  return (place) => {
    if ('channelId' in place) return reaches(channels, [place.channelId]);
    if ('identityKey' in place) return keys.has(place.identityKey);
    const { alias, medium } = place;
    const definition = catalogue.find((each) => each.alias === alias && each.medium === medium);
    if (definition?.enabled === false && role !== 'service') return false;
    return medium === undefined || media.has(medium);
  };
}

function visibilityOf(event: RecordedEvent, reachesPlace: (place: Place) => boolean): Visibility {
  const words = wordsOf(event);
  const place = words.place?.(event.data);
  if (place === undefined || reachesPlace(place)) return 'shown';
  return words.isMessage ? 'hidden' : 'absent';
}

/** Takes steps until the page is full. `next` is there unless the timeline ends with this page. */
async function pageOf<P>(
  steps: AsyncGenerator<TimelineStep<P>>,
  visibility: (event: RecordedEvent) => Promise<Visibility>,
  names: Names,
  limit: number,
  scalars: (place: P) => readonly Scalar[],
): Promise<Page<TimelineItem>> {
  const items: TimelineItem[] = [];
  let taken = 0;
  for await (const { events, stream, next } of steps) {
    for (const event of events) {
      const visible = await visibility(event);
      if (visible === 'shown') items.push(await readItem(event, stream, names));
      if (visible === 'hidden') items.push(hiddenItem(event));
    }
    if (next === undefined) return { items };
    if (items.length >= limit || ++taken >= stepsPerPage) return { items, next: scalars(next) };
  }
  return { items };
}
