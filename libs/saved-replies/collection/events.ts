import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

export const collectionStream = (collectionId: string): string => `saved-replies-${collectionId}`;

/** A place for saved replies; with an owner it is personal and nobody else's business (REP-1). */
export type SavedReplyCollectionCreated = DomainEvent<
  'SavedReplyCollectionCreated',
  { readonly collectionId: string; readonly name: string; readonly ownerId?: string }
>;
export type SavedReplyCollectionRenamed = DomainEvent<
  'SavedReplyCollectionRenamed',
  { readonly collectionId: string; readonly name: string }
>;
/** Offered on these channels and to these teams from now on; named neither, to everybody everywhere. */
export type SavedReplyCollectionShared = DomainEvent<
  'SavedReplyCollectionShared',
  { readonly collectionId: string; readonly channelIds: readonly string[]; readonly teamIds: readonly string[] }
>;
/** Nothing of it is offered any more; messages that were made from it still say so. */
export type SavedReplyCollectionArchived = DomainEvent<
  'SavedReplyCollectionArchived',
  { readonly collectionId: string }
>;
interface OfReply {
  readonly collectionId: string;
  readonly replyId: string;
  readonly title: string;
  readonly shortcut: string;
  /** With variables in double braces (REP-2). */
  readonly text: string;
}
/** Another text to answer with. */
export type SavedReplyAdded = DomainEvent<'SavedReplyAdded', OfReply>;
/** It reads like this from now on; what was sent before stays as it was. */
export type SavedReplyEdited = DomainEvent<'SavedReplyEdited', OfReply>;
export type SavedReplyRemoved = DomainEvent<
  'SavedReplyRemoved',
  { readonly collectionId: string; readonly replyId: string }
>;

export type CollectionEvent =
  | SavedReplyCollectionCreated
  | SavedReplyCollectionRenamed
  | SavedReplyCollectionShared
  | SavedReplyCollectionArchived
  | SavedReplyAdded
  | SavedReplyEdited
  | SavedReplyRemoved;

const collectionId = field('id');
const ofReply = {
  collectionId,
  replyId: field('id'),
  title: field('label'),
  shortcut: field('label'),
  text: field('label'),
};

export const collectionEvents = {
  // What stands before the first `-` of `saved-replies-<id>`.
  categories: ['saved'],
  definitions: [
    defineEvent<SavedReplyCollectionCreated>({
      type: 'SavedReplyCollectionCreated',
      version: 1,
      sentence: 'A place for saved replies; with an owner it is personal and nobody else’s business.',
      fields: { collectionId, name: field('label'), ownerId: field('id', { optional: true }) },
    }),
    defineEvent<SavedReplyCollectionRenamed>({
      type: 'SavedReplyCollectionRenamed',
      version: 1,
      sentence: 'The collection has another name from now on.',
      fields: { collectionId, name: field('label') },
    }),
    defineEvent<SavedReplyCollectionShared>({
      type: 'SavedReplyCollectionShared',
      version: 1,
      sentence: 'The collection is offered on these channels and to these teams; named neither, to everybody.',
      fields: { collectionId, channelIds: field('id', { list: true }), teamIds: field('id', { list: true }) },
    }),
    defineEvent<SavedReplyCollectionArchived>({
      type: 'SavedReplyCollectionArchived',
      version: 1,
      sentence: 'Nothing of the collection is offered any more.',
      fields: { collectionId },
    }),
    defineEvent<SavedReplyAdded>({
      type: 'SavedReplyAdded',
      version: 1,
      sentence: 'Another text to answer with.',
      fields: ofReply,
    }),
    defineEvent<SavedReplyEdited>({
      type: 'SavedReplyEdited',
      version: 1,
      sentence: 'The saved reply reads like this from now on; what was sent before stays as it was.',
      fields: ofReply,
    }),
    defineEvent<SavedReplyRemoved>({
      type: 'SavedReplyRemoved',
      version: 1,
      sentence: 'The saved reply is offered no more.',
      fields: { collectionId, replyId: field('id') },
    }),
  ],
};
