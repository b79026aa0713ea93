import { StreamGone } from '#event-sourcing';
import type { CommandResult, Origin, ReadModels, Refusal } from '#event-sourcing';
import type { ConversationPorts } from '../chain/ports.js';
import { livingContact } from '../conversation/touch.js';
import { messagesModel } from '../messages/document.js';
import type { MessageDocument } from '../messages/document.js';
import type { DeliveryReport } from './commands.js';
import { outboundDecider } from './decide.js';
import { outboundStream } from './events.js';
import type { OutboundEvent } from './events.js';

export type DeliveryRefusal = Refusal<'not-found'> | Refusal<'contact-deleted'>;

/**
 * A message's id does not say where it stands, so the model is asked. That is a hint which never gets old: where and to
 * whom a message was written does not change; only whether the contact is still there is read from the store.
 */
export async function reportDelivery(
  ports: ConversationPorts,
  models: ReadModels,
  { header, options }: Origin,
  { channelId, messageId }: { readonly channelId: string; readonly messageId: string },
  report: DeliveryReport,
): Promise<CommandResult<OutboundEvent, DeliveryRefusal>> {
  const message = await models.get<MessageDocument>(messagesModel, messageId);
  if (message?.direction !== 'out' || message.channelId !== channelId) return refused({ code: 'not-found' });
  const { conversationId, subjectId: contactId } = message;
  const contact = await livingContact(ports, contactId);
  if ('code' in contact) return refused({ code: contact.code === 'not-found' ? 'not-found' : 'contact-deleted' });
  try {
    const about = { messageId, conversationId, contactId, channelId };
    const command = { ...header, type: 'ReportDelivery', ...about, report } as const;
    return await ports.runner.run(outboundDecider, outboundStream(messageId), command, options);
  } catch (fault) {
    if (fault instanceof StreamGone) return refused({ code: 'contact-deleted' });
    throw fault;
  }
}

const refused = (refusal: DeliveryRefusal) => ({ accepted: false, refusal, revision: -1 }) as const;
