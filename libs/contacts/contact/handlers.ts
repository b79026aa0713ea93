import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory, channelAccessOf } from '#access/user';
import { attributeDirectory, findAttribute, vipEnabled } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import type { ContactCommand } from './commands.js';
import { runOnContact } from './neighbours.js';
import { mergedFacts, noteOwner } from './merged-facts.js';
import { createByHand } from './create-by-hand.js';
import type { Creation, NewContact } from './create-by-hand.js';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import type { ContactEvent } from './events.js';
import type { ContactRefusal } from './refusals.js';
import { sourceOf } from './source.js';
import type { NamedSource } from './source.js';
import { wantedValue } from './wanted-value.js';

type Result = CommandResult<ContactEvent, ContactRefusal>;
type NoteFacts = Omit<Extract<ContactCommand, { type: 'RemoveContactNote' }>, 'type'>;

/** Makes a contact by hand (CON-1). The answer's first event holds the new `contactId`. */
export class CreateContact extends Command<Creation> {
  constructor(
    readonly origin: Origin,
    readonly contact: NewContact,
  ) {
    super();
  }
}

export class RenameContact extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly name: string },
  ) {
    super();
  }
}

export class SetAttribute extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: {
      readonly contactId: string;
      readonly alias: string;
      readonly value: unknown;
      /** As a service names it; `undefined`: what the sender's values come from. */
      readonly source: NamedSource | undefined;
    },
  ) {
    super();
  }
}

export class ClearAttribute extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly alias: string },
  ) {
    super();
  }
}

export class MarkVip extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string },
  ) {
    super();
  }
}

export class UnmarkVip extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string },
  ) {
    super();
  }
}

/** The answer's event holds the new `noteId`. */
export class AddContactNote extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly text: string },
  ) {
    super();
  }
}

export class EditContactNote extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly noteId: string; readonly text: string },
  ) {
    super();
  }
}

export class RemoveContactNote extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly noteId: string },
  ) {
    super();
  }
}

/** CON-6: lifts the block; the answer leaves to the next message what happens. */
export class UnblockContact extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string },
  ) {
    super();
  }
}

/** The facts of a contact command, and the way to its stream. */
@Injectable()
export class ContactCommands {
  constructor(
    @Inject(Port.CommandRunner) readonly runner: CommandRunner,
    @Inject(Port.LiveViews) readonly views: LiveViews,
    @Inject(Port.Ids) readonly ids: Ids,
  ) {}

  /** Who sends it, what they may touch, what their values come from; what was merged into the contact counts. */
  async facts(
    { header }: Origin,
    contactId: string,
  ): Promise<
    Origin['header'] & Pick<Extract<ContactCommand, { type: 'SetAttribute' }>, 'access' | 'source' | 'borrowed'>
  > {
    const access = channelAccessOf(this.views.read(accessDirectory), header.actor);
    const merged = await mergedFacts(this.runner, contactId, access);
    return { ...header, source: sourceOf(header.actor), ...merged };
  }

  /** A note is changed where it was written: in the contact itself, or in one that was merged into it. */
  async ofNote(
    origin: Origin,
    { contactId, noteId }: { readonly contactId: string; readonly noteId: string },
    commandOf: (facts: NoteFacts) => ContactCommand,
  ): Promise<Result> {
    const facts = await this.facts(origin, contactId);
    const ownerId = await noteOwner(this.runner, contactId, noteId, facts.access);
    const throughPrimary = ownerId !== contactId;
    const command = commandOf({ ...facts, contactId: ownerId, noteId, throughPrimary });
    if (!throughPrimary) return this.run(origin, command);
    // The address shows the primary: neither its revision nor the answer's is the other one's.
    const { keyed } = origin.options;
    const result = await this.runner.run(contactDecider, contactStream(ownerId), command, { keyed });
    return { ...result, revision: -1 };
  }

  run(origin: Origin, command: ContactCommand): Promise<Result> {
    return runOnContact(this.runner, command, origin.options);
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

@CommandHandler(RenameContact)
export class RenameContactHandler implements ICommandHandler<RenameContact> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: RenameContact): Promise<Result> {
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'RenameContact',
      ...data,
    });
  }
}

@CommandHandler(SetAttribute)
export class SetAttributeHandler implements ICommandHandler<SetAttribute> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data: { contactId, alias, value, source } }: SetAttribute): Promise<Result> {
    const { views, ids } = this.contacts;
    const catalogue = views.read(attributeDirectory);
    const wanted = wantedValue({ name: alias, value }, { catalogue, ids });
    const facts = {
      ...(await this.contacts.facts(origin, contactId)),
      ...(source && { source }),
      vipEnabled: vipEnabled(catalogue),
    };
    return this.contacts.run(origin, { ...facts, type: 'SetAttribute', contactId, ...wanted });
  }
}

@CommandHandler(ClearAttribute)
export class ClearAttributeHandler implements ICommandHandler<ClearAttribute> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data: { contactId, alias } }: ClearAttribute): Promise<Result> {
    const definition = findAttribute(this.contacts.views.read(attributeDirectory), alias);
    const facts = { ...(await this.contacts.facts(origin, contactId)), name: alias, definition };
    return this.contacts.run(origin, { ...facts, type: 'ClearAttribute', contactId });
  }
}

@CommandHandler(MarkVip)
export class MarkVipHandler implements ICommandHandler<MarkVip> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: MarkVip): Promise<Result> {
    const enabled = vipEnabled(this.contacts.views.read(attributeDirectory));
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'MarkVip',
      vipEnabled: enabled,
      ...data,
    });
  }
}

@CommandHandler(UnmarkVip)
export class UnmarkVipHandler implements ICommandHandler<UnmarkVip> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: UnmarkVip): Promise<Result> {
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'UnmarkVip',
      ...data,
    });
  }
}

@CommandHandler(AddContactNote)
export class AddContactNoteHandler implements ICommandHandler<AddContactNote> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: AddContactNote): Promise<Result> {
    const noteId = this.contacts.ids.derivedUuid('contact-note', origin.header.commandId);
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'AddContactNote',
      noteId,
      ...data,
    });
  }
}

@CommandHandler(EditContactNote)
export class EditContactNoteHandler implements ICommandHandler<EditContactNote> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  execute({ origin, data }: EditContactNote): Promise<Result> {
    return this.contacts.ofNote(origin, data, (facts) => ({ ...facts, type: 'EditContactNote', text: data.text }));
  }
}

@CommandHandler(RemoveContactNote)
export class RemoveContactNoteHandler implements ICommandHandler<RemoveContactNote> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  execute({ origin, data }: RemoveContactNote): Promise<Result> {
    return this.contacts.ofNote(origin, data, (facts) => ({ ...facts, type: 'RemoveContactNote' }));
  }
}

@CommandHandler(UnblockContact)
export class UnblockContactHandler implements ICommandHandler<UnblockContact> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: UnblockContact): Promise<Result> {
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'UnblockContact',
      ...data,
    });
  }
}

export const contactHandlers = [
  ContactCommands,
  CreateContactHandler,
  RenameContactHandler,
  SetAttributeHandler,
  ClearAttributeHandler,
  MarkVipHandler,
  UnmarkVipHandler,
  AddContactNoteHandler,
  EditContactNoteHandler,
  RemoveContactNoteHandler,
  UnblockContactHandler,
];
