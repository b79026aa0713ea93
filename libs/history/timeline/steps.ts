import { contactStream } from '#contacts/contact';
import { conversationIdOf, conversationStream } from '#conversations/conversation';
import type { MessagesElsewhere } from '#conversations/conversation-view';
import type { EventStore, RecordedEvent } from '#event-sourcing';
import { readBackwards } from './backwards.js';
import type { Backwards } from './backwards.js';
import { wordsOf } from './words/index.js';

/** Where a contact's timeline goes on: the revisions to take next, -1 when nothing is left. */
export interface ContactPlace {
  readonly own: number;
  readonly conversation: number;
  readonly revision: number;
}

/** What stands at one revision of one of the streams, with what can be read further back in it. */
export interface TimelineStep<Place> {
  readonly events: readonly RecordedEvent[];
  readonly stream: Backwards;
  /** Where the timeline goes on after this step; `undefined`: this was its end. */
  readonly next: Place | undefined;
}

/** A step of one of the sources that a timeline is put together from, and where it stands. */
interface SourceStep<Place> extends Omit<TimelineStep<Place>, 'next'> {
  readonly place: Place;
}
type Source<Place> = AsyncGenerator<SourceStep<Place>, void>;

/** Messages that lie in another conversation, and the revision there to begin with; `undefined`: the newest. */
export interface ElsewhereFrom {
  readonly part: MessagesElsewhere;
  readonly from: number | undefined;
}

/**
 * What happened to a contact, newest first: its own stream and its conversations from the newest one on, merged by
 * position. An edit of a closing note stands with its conversation, also when the next one had begun by then.
 */
async function* contactSteps(
  store: EventStore,
  contactId: string,
  start: ContactPlace | { readonly conversation: number },
): Source<ContactPlace> {
  const begun = 'own' in start ? start : undefined;
  const own = readBackwards(store, contactStream(contactId), begun?.own);
  let conversation = start.conversation;
  const conversationAt = (number: number, revision?: number): Backwards =>
    readBackwards(store, conversationStream(conversationIdOf(contactId, number)), revision);
  let chain = conversationAt(conversation, begun?.revision);
  for (;;) {
    while (conversation > 0 && (await chain.peek()) === undefined) chain = conversationAt(--conversation);
    const ofContact = await own.peek();
    const ofConversation = conversation > 0 ? await chain.peek() : undefined;
    const stream = (ofContact?.position ?? -1) > (ofConversation?.position ?? -1) ? own : chain;
    if (!ofContact && !ofConversation) return;
    const place = { own: ofContact?.revision ?? -1, conversation, revision: ofConversation?.revision ?? -1 };
    yield { events: await stream.take(), stream, place };
  }
}

/** Messages that another contact's conversation holds for this one, newest first, told as of the one they belong to. */
async function* stepsElsewhere<Place>(
  store: EventStore,
  { part: { liesIn, belongsTo, subjectIds, since, until }, from }: ElsewhereFrom,
  placeAt: (revision: number) => Place,
): Source<Place> {
  const stream = readBackwards(store, conversationStream(liesIn), from);
  const belongs = (event: RecordedEvent): boolean =>
    wordsOf(event).isMessage === true &&
    'subjectId' in event.data &&
    subjectIds.includes(String(event.data.subjectId)) &&
    event.metadata.at >= since &&
    event.position <= until;
  for (let newest = await stream.peek(); newest; newest = await stream.peek()) {
    const place = placeAt(newest.revision);
    const events = (await stream.take())
      .filter(belongs)
      .map((event) => ({ ...event, data: { ...event.data, conversationId: belongsTo } }));
    if (events.length > 0) yield { events, stream, place };
  }
}

/** The place in each of the sources; `undefined`: it has ended. */
export type WholePlace<Place> = readonly (Place | undefined)[];

/** What the sources tell, merged by position, newest first. */
async function* together<Place>(
  sources: readonly (Source<Place> | undefined)[],
): AsyncGenerator<TimelineStep<WholePlace<Place>>> {
  const step = async (source: Source<Place> | undefined): Promise<SourceStep<Place> | undefined> => {
    const taken = await source?.next();
    return taken?.done === false ? taken.value : undefined;
  };
  const ahead = await Promise.all(sources.map(step));
  for (;;) {
    const positions = ahead.map((one) => one?.events[0]?.position ?? -1);
    const newest = positions.indexOf(Math.max(...positions));
    const taken = ahead[newest];
    if (!taken) return;
    ahead[newest] = await step(sources[newest]);
    const { events, stream } = taken;
    yield { events, stream, next: ahead.some((one) => one) ? ahead.map((one) => one?.place) : undefined };
  }
}

/** What happened to a contact and to those that were merged into it, and their messages that lie elsewhere. */
export const wholeSteps = (
  store: EventStore,
  contacts: readonly {
    readonly contactId: string;
    readonly start: ContactPlace | { readonly conversation: number } | undefined;
  }[],
  elsewhere: readonly ElsewhereFrom[],
): AsyncGenerator<TimelineStep<WholePlace<ContactPlace>>> =>
  together([
    ...contacts.map(({ contactId, start }) => start && contactSteps(store, contactId, start)),
    ...elsewhere.map((part) => stepsElsewhere(store, part, (revision) => ({ own: -1, conversation: 0, revision }))),
  ]);

/** What happened in a conversation, and its messages that lie elsewhere; a place is a revision. */
export const conversationSteps = (
  store: EventStore,
  conversationId: string,
  start: number | undefined,
  elsewhere: readonly ElsewhereFrom[],
): AsyncGenerator<TimelineStep<WholePlace<number>>> =>
  together([
    stepsInConversation(store, conversationId, start),
    ...elsewhere.map((part) => stepsElsewhere(store, part, (revision) => revision)),
  ]);

async function* stepsInConversation(
  store: EventStore,
  conversationId: string,
  start: number | undefined,
): Source<number> {
  const stream = readBackwards(store, conversationStream(conversationId), start);
  for (let events = await stream.take(); events.length > 0; events = await stream.take()) {
    yield { events, stream, place: events[0]?.revision ?? -1 };
  }
}
