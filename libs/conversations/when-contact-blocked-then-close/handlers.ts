import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory, channelAccessOf } from '#access/user';
import { blockContact } from '#contacts/contact';
import type { ContactEvent, ContactRefusal } from '#contacts/contact';
import type { CommandResult, Origin } from '#event-sourcing';
import { conversationPorts } from '../chain/index.js';
import type { ConversationPorts } from '../chain/index.js';
import { endConversations } from './perform.js';

/** CON-6: blocks the contact and ends its open conversation; settled when both are done. */
export class BlockContact extends Command<CommandResult<ContactEvent, ContactRefusal>> {
  constructor(
    readonly origin: Origin,
    readonly block: { readonly contactId: string; readonly reason: string | undefined },
  ) {
    super();
  }
}

@CommandHandler(BlockContact)
export class BlockContactHandler implements ICommandHandler<BlockContact> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  async execute({ origin, block }: BlockContact): Promise<CommandResult<ContactEvent, ContactRefusal>> {
    const { runner, ids, views } = this.ports;
    const { header } = origin;
    const access = channelAccessOf(views.read(accessDirectory), header.actor);
    const blockId = ids.derivedUuid('block', header.commandId);
    const blocked = await blockContact(runner, origin, { ...block, access, blockId });
    if (!blocked.accepted || blocked.events.length === 0) return blocked;
    const ended = await endConversations(this.ports, header, { contactId: block.contactId, blockId });
    return { ...blocked, position: Math.max(blocked.position, ended) };
  }
}

export const blockingHandlers = [BlockContactHandler];
