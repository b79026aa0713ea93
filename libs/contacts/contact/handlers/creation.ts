import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import type { Origin } from '#event-sourcing';
import { createByHand } from '../create-by-hand.js';
import type { Creation, NewContact } from '../create-by-hand.js';
import type { ContactResult } from '../neighbours.js';
import { ContactCommands } from './contact-commands.js';

/** Makes a contact by hand (CON-1). The answer's first event holds the new `contactId`. */
export class CreateContact extends Command<Creation> {
  constructor(
    readonly origin: Origin,
    readonly contact: NewContact,
  ) {
    super();
  }
}

@CommandHandler(CreateContact)
export class CreateContactHandler implements ICommandHandler<CreateContact> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  execute({ origin, contact }: CreateContact): Promise<Creation> {
    const { runner, ids, views } = this.contacts;
    const [users, channels] = [views.read(accessDirectory), views.read(channelDirectory)];
    const catalogue = views.read(attributeDirectory);
    return createByHand(contact, origin, { runner, ids, users, channels, catalogue });
  }
}

export class RenameContact extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly name: string },
  ) {
    super();
  }
}

@CommandHandler(RenameContact)
export class RenameContactHandler implements ICommandHandler<RenameContact> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: RenameContact): Promise<ContactResult> {
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'RenameContact',
      ...data,
    });
  }
}
