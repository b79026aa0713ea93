import type { Command } from '#event-sourcing';

/** Whom it is offered to, with those of them that nobody knows. */
export interface Sharing {
  readonly channelIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly unknownChannelId?: string;
  readonly unknownTeamId?: string;
}

/** What is not there stays as it is. */
export type SharingChange = Partial<Sharing>;

export type CreateCollection = Command<
  'CreateCollection',
  { readonly collectionId: string; readonly name: string; readonly personal: boolean; readonly sharing: Sharing }
>;
/** What is not there stays as it is. */
export type ChangeCollection = Command<
  'ChangeCollection',
  { readonly name?: string; readonly sharing?: SharingChange; readonly archived?: true }
>;

interface ReplyContent {
  readonly title: string;
  readonly shortcut: string;
  readonly text: string;
  /** The first variable of the text that there is not, as it is written. */
  readonly unknownVariable?: string;
}
export type AddReply = Command<'AddReply', ReplyContent & { readonly replyId: string }>;
/** What is not there stays as it is. */
export type EditReply = Command<'EditReply', Partial<ReplyContent> & { readonly replyId: string }>;
export type RemoveReply = Command<'RemoveReply', { readonly replyId: string }>;

export type CollectionCommand = CreateCollection | ChangeCollection | AddReply | EditReply | RemoveReply;
