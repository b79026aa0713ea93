import type { Viewer } from '#access/user';
import { contactsShown } from '#contacts/contact-view';
import { conversationsShowing } from '#conversations/conversation-view';
import type { GroupConfiguration } from '#contact-groups/groups';
import type { Page, PageWanted, Position, ReadModels, Stored, Where } from '#event-sourcing';
import { byCreator, contactSearchModel, unmet } from '../contact-search/index.js';
import type { SearchedContact } from '../contact-search/index.js';
import { messageSearchModel } from '../message-search/index.js';
import type { SearchedMessage } from '../message-search/index.js';
import { placeOf, positionAt } from '../words/index.js';
import type { SearchWords } from '../words/index.js';
import { tokensFound } from './tokens-found.js';

export const searchables = ['contacts', 'conversations'] as const;
export type Searchable = (typeof searchables)[number];

/** A contact; or, with `conversationId`, a conversation of it, by the message in which the words stand. */
export type Finding =
  | { readonly contactId: string; readonly name: string | null }
  | {
      readonly contactId: string;
      readonly name: string | null;
      readonly conversationId: string;
      readonly messageId: string;
      readonly channelId: string;
      readonly at: string;
    };

export interface SearchConfiguration extends GroupConfiguration {
  /** All channels there are: who sees all is asked for each of them, so that one index serves everybody. */
  readonly channelIds: readonly string[];
}

interface Found {
  readonly contactId: string;
  readonly message?: SearchedMessage;
}

interface Placed {
  readonly position: Position;
  readonly found: Found;
}

/**
 * Decision 16: all words must match, the last as a beginning; newest first. Access is part of the condition (ASG-6):
 * what the viewer lacks is neither searched nor counted.
 */
export async function find(
  models: ReadModels,
  configuration: SearchConfiguration,
  viewer: Viewer,
  wanted: { readonly words: SearchWords; readonly in: ReadonlySet<Searchable> } & PageWanted,
): Promise<Page<Finding>> {
  const { words, limit } = wanted;
  const channels = viewer.channels === 'all' ? configuration.channelIds : [...viewer.channels];
  const own = viewer.channels === 'all' ? unmet : byCreator(viewer.userId);
  const contacts = { tokens: tokensFound(words, configuration), scope: { in: [...channels, own] } };
  const messages = { tokens: tokensFound(words), channelId: { in: channels } };
  const found = await Promise.all([
    wanted.in.has('contacts') ? take(models, contactSearchModel, contacts, wanted, contactFound) : [],
    wanted.in.has('conversations') ? take(models, messageSearchModel, messages, wanted, messageFound) : [],
  ]);
  const placed = found.flat().sort((one, other) => other.position - one.position);
  const items = placed.slice(0, limit);
  const last = items.at(-1);
  const page = { items: await asShown(models, viewer, items) };
  return placed.length > limit && last ? { ...page, next: [last.position] } : page;
}

const contactFound = ({ contactId }: SearchedContact): Found => ({ contactId });

const messageFound = (message: SearchedMessage): Found => ({ contactId: message.subjectId, message });

/**
 * As they stand today: the contact is who speaks for the one whose identity it was (CON-5), by the name that this viewer
 * sees (CON-3), and a message is in the list of the conversation to which an undone merge gave it.
 */
async function asShown(models: ReadModels, viewer: Viewer, placed: readonly Placed[]): Promise<Finding[]> {
  const ids = placed.map(({ found }) => found.contactId);
  const shown = await contactsShown(models, ids, viewer);
  const messages = placed.flatMap(({ found, position }) => (found.message ? [{ ...found.message, position }] : []));
  const showing = await conversationsShowing(models, messages);
  return placed.map(({ found: { contactId: known, message }, position }) => {
    const { contactId = known, name = null } = shown.get(known) ?? {};
    if (!message) return { contactId, name };
    const { messageId, channelId, at } = message;
    const conversationId = showing[messages.findIndex((one) => one.position === position)] ?? message.conversationId;
    return { contactId, name, conversationId, messageId, channelId, at };
  });
}

/**
 * One more than asked for. Places tell things apart: a contact that was met on several channels has a document for each,
 * all at the place of its creation; while they fill a page, it reads on.
 */
async function take<Doc extends object>(
  models: ReadModels,
  model: string,
  where: Where,
  { limit, after }: PageWanted,
  foundIn: (document: Stored<Doc>) => Found,
): Promise<readonly Placed[]> {
  const found = new Map<Position, Found>();
  let before = after && placeOf(Number(after[0]));
  for (;;) {
    const request = {
      where,
      sort: { _id: -1 },
      limit: limit + 1,
      ...(before !== undefined && { after: [before] }),
    } as const;
    const page = await models.page<Doc>(model, request);
    for (const document of page) {
      const position = positionAt(document._id);
      if (!found.has(position)) found.set(position, foundIn(document));
    }
    const last = page.at(-1);
    if (!last || page.length <= limit || found.size > limit) break;
    // No id of this place comes before it.
    before = placeOf(positionAt(last._id));
  }
  return [...found].slice(0, limit + 1).map(([position, one]) => ({ position, found: one }));
}
