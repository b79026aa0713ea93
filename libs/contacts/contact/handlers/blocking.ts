import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import type { ContactResult } from '../neighbours.js';
import { ContactCommands } from './contact-commands.js';

/** CON-6: lifts the block; the answer leaves to the next message what happens. */
export class UnblockContact extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string },
  ) {
    super();
  }
}

@CommandHandler(UnblockContact)
export class UnblockContactHandler implements ICommandHandler<UnblockContact> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: UnblockContact): Promise<ContactResult> {
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'UnblockContact',
      ...data,
    });
  }
}
