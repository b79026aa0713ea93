import { accessDirectory, assigneeAccessOf } from '#access/user';
import type { ChannelAccess } from '#access/user';
import { channelDirectory } from '#channels/channel';
import type { ConversationPorts } from '../chain/ports.js';
import type { Recipient } from './events/of-conversation.js';
import { addressOn } from './open-by-hand.js';
import type { ConversationRefusal } from './refusals.js';
import type { LivingContact } from './touch.js';

/** What writing a reply needs to know of the channels (CNV-1). */
export function replyFacts(
  { views }: ConversationPorts,
  contact: LivingContact,
  chosenId: string | undefined,
): { readonly chosen?: Recipient; readonly disabledChannelIds: ReadonlySet<string> } | ConversationRefusal {
  if (contact.blockId !== undefined) return { code: 'contact-blocked' };
  const channels = views.read(channelDirectory);
  const disabled = [...channels.values()].filter(({ enabled }) => !enabled);
  const disabledChannelIds = new Set(disabled.map(({ channelId }) => channelId));
  if (chosenId === undefined) return { disabledChannelIds };
  const channel = channels.get(chosenId);
  if (!channel) return { code: 'not-found' };
  const chosen = addressOn(channel, contact);
  return chosen ? { chosen, disabledChannelIds } : { code: 'not-reachable', channelId: chosenId };
}

/** A colleague whom a note names (CNV-6). */
export function mentionFacts(
  { views }: ConversationPorts,
  userId: string,
): { readonly userId: string; readonly access: ChannelAccess | undefined } {
  return { userId, access: assigneeAccessOf(views.read(accessDirectory), userId) };
}
