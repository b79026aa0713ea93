import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import type { ContactCommand } from '../commands.js';
import { contactDecider } from '../decide.js';
import { contactStream } from '../events.js';
import { noteOwner } from '../merged-facts.js';
import type { ContactResult } from '../neighbours.js';
import { ContactCommands } from './contact-commands.js';

type NoteFacts = Omit<Extract<ContactCommand, { type: 'RemoveContactNote' }>, 'type'>;

/** The answer's event holds the new `noteId`. */
export class AddContactNote extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly text: string },
  ) {
    super();
  }
}

@CommandHandler(AddContactNote)
export class AddContactNoteHandler implements ICommandHandler<AddContactNote> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: AddContactNote): Promise<ContactResult> {
    const noteId = this.contacts.ids.derivedUuid('contact-note', origin.header.commandId);
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'AddContactNote',
      noteId,
      ...data,
    });
  }
}

export class EditContactNote extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly noteId: string; readonly text: string },
  ) {
    super();
  }
}

@CommandHandler(EditContactNote)
export class EditContactNoteHandler implements ICommandHandler<EditContactNote> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  execute({ origin, data }: EditContactNote): Promise<ContactResult> {
    return changeNote(this.contacts, origin, data, (facts) => ({ ...facts, type: 'EditContactNote', text: data.text }));
  }
}

export class RemoveContactNote extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly noteId: string },
  ) {
    super();
  }
}

@CommandHandler(RemoveContactNote)
export class RemoveContactNoteHandler implements ICommandHandler<RemoveContactNote> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  execute({ origin, data }: RemoveContactNote): Promise<ContactResult> {
    return changeNote(this.contacts, origin, data, (facts) => ({ ...facts, type: 'RemoveContactNote' }));
  }
}

/** A note is changed where it was written: in the contact itself, or in one that was merged into it. */
async function changeNote(
  contacts: ContactCommands,
  origin: Origin,
  { contactId, noteId }: { readonly contactId: string; readonly noteId: string },
  commandOf: (facts: NoteFacts) => ContactCommand,
): Promise<ContactResult> {
  const { runner } = contacts;
  const facts = await contacts.facts(origin, contactId);
  const ownerId = await noteOwner(runner, contactId, noteId, facts.access);
  const throughPrimary = ownerId !== contactId;
  const command = commandOf({ ...facts, contactId: ownerId, noteId, throughPrimary });
  if (!throughPrimary) return contacts.run(origin, command);
  // The address shows the primary: neither its revision nor the answer's is the other one's.
  const { keyed } = origin.options;
  const result = await runner.run(contactDecider, contactStream(ownerId), command, { keyed });
  return { ...result, revision: -1 };
}
