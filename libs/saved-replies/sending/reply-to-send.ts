import type { Viewer } from '#access/user';
import type { Refusal } from '#event-sourcing';
import { savedReplyDirectory } from '../collection/index.js';
import { offeredReply, senderOf } from '../offered/index.js';
import type { OfferedOn } from '../offered/index.js';
import { renderedReply } from './rendered-reply.js';
import type { RenderingPorts } from './rendered-reply.js';

export type SendingRefusal = Refusal<'not-found'> | (Refusal<'variable-without-value'> & { readonly variable: string });

export const sendingRefusals: readonly {
  readonly code: SendingRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  {
    code: 'variable-without-value',
    rule: 'REP-2',
    sentence: 'A variable of the saved reply has neither a value nor a default; it is named.',
  },
];

/** What is sent, the reply that it is made from, and where that is offered to the sender: the conversation decides. */
export interface ReplyToSend {
  readonly text: string;
  readonly savedReply: { readonly replyId: string; readonly offeredOn: OfferedOn };
}

/** A saved reply's own text, or the one that was made of it, with its variables filled in (REP-2). */
export async function replyToSend(
  ports: RenderingPorts,
  viewer: Viewer,
  contactId: string,
  message: { readonly text: string | undefined; readonly savedReplyId: string },
): Promise<ReplyToSend | SendingRefusal> {
  const sender = senderOf(ports.views, viewer);
  const found = offeredReply(ports.views.read(savedReplyDirectory), sender, message.savedReplyId);
  if (!found) return { code: 'not-found' };
  const rendered = await renderedReply(ports, viewer, contactId, message.text ?? found.reply.text);
  if ('missing' in rendered) return { code: 'variable-without-value', variable: rendered.missing };
  return { text: rendered.text, savedReply: { replyId: found.reply.replyId, offeredOn: found.on } };
}
