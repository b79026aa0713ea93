import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory, receiverOf } from '#access/user';
import type { Target } from '#access/user';
import { conversationPorts } from '../chain/ports.js';
import type { ConversationPorts } from '../chain/ports.js';
import { closingNoteRules, closingNotesDirectory } from '../closing-notes/index.js';
import type { AutomaticAuthor } from './events.js';
import { mentionFacts, replyFacts } from './facts.js';
import { openByHand } from './open-by-hand.js';
import { touch } from './touch.js';
import type { ConversationResult } from './touch.js';
import type { Origin } from '#event-sourcing';
import type { SavedReplyUsed } from './commands.js';

/** Opens a conversation by hand; the answer's first event holds the new `conversationId`. */
export class OpenConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly opening: {
      readonly contactId: string;
      readonly channelId: string;
      /** What a service acts for, if that is not itself. */
      readonly onBehalfOf?: 'automation' | undefined;
    },
  ) {
    super();
  }
}

/** Writes to the person. The message's id is in the answer's `ReplyWritten`; its state is `queued`. */
export class WriteReply extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly reply: {
      readonly conversationId: string;
      readonly text: string;
      readonly channelId?: string | undefined;
      readonly answers?: boolean | undefined;
      readonly writtenBy?: AutomaticAuthor | undefined;
      /** The saved reply that it is made from, and where that is offered to the sender (REP-1). */
      readonly savedReply?: SavedReplyUsed | undefined;
    },
  ) {
    super();
  }
}

/** The note's id is in the answer's `InternalNoteAdded`. */
export class AddInternalNote extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly note: {
      readonly conversationId: string;
      readonly text: string;
      /** Ids of colleagues. */
      readonly mentions: readonly string[];
    },
  ) {
    super();
  }
}

export class AssignConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly conversationId: string,
    readonly to: Target,
  ) {
    super();
  }
}

export class UnassignConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly conversationId: string,
  ) {
    super();
  }
}

export class CloseConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly closing: {
      readonly conversationId: string;
      readonly category?: string | undefined;
      readonly summary?: string | undefined;
      /** What a service acts for, if that is not itself. */
      readonly onBehalfOf?: 'automation' | 'bot' | undefined;
    },
  ) {
    super();
  }
}

/** `null` empties a part of the note, what is not named stays. */
export class EditClosingNote extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly edit: {
      readonly conversationId: string;
      readonly category?: string | null | undefined;
      readonly summary?: string | null | undefined;
    },
  ) {
    super();
  }
}

@CommandHandler(OpenConversation)
export class OpenConversationHandler implements ICommandHandler<OpenConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, opening }: OpenConversation): Promise<ConversationResult> {
    return openByHand(this.ports, origin, opening);
  }
}

@CommandHandler(WriteReply)
export class WriteReplyHandler implements ICommandHandler<WriteReply> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, reply }: WriteReply): Promise<ConversationResult> {
    const { conversationId, channelId, text, answers = false, writtenBy, savedReply } = reply;
    return touch(this.ports, origin, conversationId, ({ contact, access }) => {
      const facts = replyFacts(this.ports, contact, channelId);
      if ('code' in facts) return facts;
      const messageId = this.ports.ids.derivedUuid('reply', origin.header.commandId);
      const made = { ...(writtenBy !== undefined && { writtenBy }), ...(savedReply && { savedReply }) };
      return { ...origin.header, type: 'WriteReply', access, messageId, text, answers, ...made, ...facts };
    });
  }
}

@CommandHandler(AddInternalNote)
export class AddInternalNoteHandler implements ICommandHandler<AddInternalNote> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, note: { conversationId, text, mentions } }: AddInternalNote): Promise<ConversationResult> {
    const noteId = this.ports.ids.derivedUuid('internal-note', origin.header.commandId);
    return touch(this.ports, origin, conversationId, ({ access }) => {
      const colleagues = [...new Set(mentions)].map((userId) => mentionFacts(this.ports, userId));
      return { ...origin.header, type: 'AddInternalNote', access, noteId, text, mentions: colleagues };
    });
  }
}

@CommandHandler(AssignConversation)
export class AssignConversationHandler implements ICommandHandler<AssignConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, conversationId, to: target }: AssignConversation): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => {
      const to = receiverOf(this.ports.views.read(accessDirectory), target);
      return { ...origin.header, type: 'Assign', access, to, cause: 'hand' };
    });
  }
}

@CommandHandler(UnassignConversation)
export class UnassignConversationHandler implements ICommandHandler<UnassignConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, conversationId }: UnassignConversation): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => ({
      ...origin.header,
      type: 'Unassign',
      access,
      cause: 'hand',
    }));
  }
}

@CommandHandler(CloseConversation)
export class CloseConversationHandler implements ICommandHandler<CloseConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, closing }: CloseConversation): Promise<ConversationResult> {
    const { conversationId, category, summary, onBehalfOf } = closing;
    return touch(this.ports, origin, conversationId, ({ access }) => {
      const rules = closingNoteRules(this.ports.views.read(closingNotesDirectory));
      const note = {
        ...(category !== undefined && { categoryId: category }),
        ...(summary !== undefined && { summary }),
        ...(onBehalfOf !== undefined && { onBehalfOf }),
      };
      return { ...origin.header, type: 'Close', access, rules, ...note };
    });
  }
}

@CommandHandler(EditClosingNote)
export class EditClosingNoteHandler implements ICommandHandler<EditClosingNote> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, edit: { conversationId, category, summary } }: EditClosingNote): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => {
      const rules = closingNoteRules(this.ports.views.read(closingNotesDirectory));
      const note = {
        ...(category !== undefined && { categoryId: category }),
        ...(summary !== undefined && { summary }),
      };
      return { ...origin.header, type: 'EditClosingNote', access, rules, ...note };
    });
  }
}

export const conversationHandlers = [
  OpenConversationHandler,
  WriteReplyHandler,
  AddInternalNoteHandler,
  AssignConversationHandler,
  UnassignConversationHandler,
  CloseConversationHandler,
  EditClosingNoteHandler,
];
