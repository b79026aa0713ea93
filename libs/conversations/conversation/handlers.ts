import { AssignConversationHandler, UnassignConversationHandler } from './handlers/assignment.js';
import { HandToBotHandler, TakeFromBotHandler } from './handlers/bots.js';
import { CloseConversationHandler, EditClosingNoteHandler } from './handlers/closing.js';
import { OpenConversationHandler } from './handlers/opening.js';
import { SnoozeConversationHandler, WakeConversationHandler } from './handlers/snooze.js';
import { AddTopicHandler, RemoveTopicHandler } from './handlers/topics.js';
import { AddInternalNoteHandler, WriteReplyHandler } from './handlers/writing.js';

/** What handles the commands of this folder, for the module of the context. */
export const conversationHandlers = [
  OpenConversationHandler,
  WriteReplyHandler,
  AddInternalNoteHandler,
  HandToBotHandler,
  TakeFromBotHandler,
  SnoozeConversationHandler,
  WakeConversationHandler,
  AddTopicHandler,
  RemoveTopicHandler,
  AssignConversationHandler,
  UnassignConversationHandler,
  CloseConversationHandler,
  EditClosingNoteHandler,
];
