import { ClearAttributeHandler, MarkVipHandler, SetAttributeHandler, UnmarkVipHandler } from './handlers/attributes.js';
import { UnblockContactHandler } from './handlers/blocking.js';
import { ContactCommands } from './handlers/contact-commands.js';
import { CreateContactHandler, RenameContactHandler } from './handlers/creation.js';
import { AddContactNoteHandler, EditContactNoteHandler, RemoveContactNoteHandler } from './handlers/notes.js';

/** What handles the commands of this folder, for the module of the context. */
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
