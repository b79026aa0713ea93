import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandResult, Origin, ReadModels } from '#event-sourcing';
import { conversationPorts } from '../chain/ports.js';
import type { ConversationPorts } from '../chain/ports.js';
import type { DeliveryReport } from './commands.js';
import type { OutboundEvent } from './events.js';
import { reportDelivery } from './report.js';
import type { DeliveryRefusal } from './report.js';

/** What a channel says about a message that left by it. */
export class ReportDelivery extends Command<CommandResult<OutboundEvent, DeliveryRefusal>> {
  constructor(
    readonly origin: Origin,
    readonly message: { readonly channelId: string; readonly messageId: string },
    readonly report: DeliveryReport,
  ) {
    super();
  }
}

@CommandHandler(ReportDelivery)
export class ReportDeliveryHandler implements ICommandHandler<ReportDelivery> {
  constructor(
    @Inject(conversationPorts) private readonly ports: ConversationPorts,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
  ) {}

  execute({ origin, message, report }: ReportDelivery): Promise<CommandResult<OutboundEvent, DeliveryRefusal>> {
    return reportDelivery(this.ports, this.models, origin, message, report);
  }
}

export const outboundHandlers = [ReportDeliveryHandler];
