import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Target } from '#access/user';
import type { Origin } from '#event-sourcing';
import { conversationPorts } from '../chain/index.js';
import type { ConversationPorts } from '../chain/index.js';
import { assignContact, unassignContact } from './settle.js';
import type { ContactAssignmentResult } from './settle.js';

/** Gives the contact to somebody, and with it the open conversation, if there is one (ASG-4). */
export class AssignContact extends Command<ContactAssignmentResult> {
  constructor(
    readonly origin: Origin,
    readonly assignment: { readonly contactId: string; readonly to: Target },
  ) {
    super();
  }
}

export class UnassignContact extends Command<ContactAssignmentResult> {
  constructor(
    readonly origin: Origin,
    readonly contactId: string,
  ) {
    super();
  }
}

@CommandHandler(AssignContact)
export class AssignContactHandler implements ICommandHandler<AssignContact> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, assignment }: AssignContact): Promise<ContactAssignmentResult> {
    return assignContact(this.ports, origin, assignment);
  }
}

@CommandHandler(UnassignContact)
export class UnassignContactHandler implements ICommandHandler<UnassignContact> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, contactId }: UnassignContact): Promise<ContactAssignmentResult> {
    return unassignContact(this.ports, origin, contactId);
  }
}

export const contactAssignmentHandlers = [AssignContactHandler, UnassignContactHandler];
