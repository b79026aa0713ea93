import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { conversationPorts } from '../../chain/ports.js';
import type { ConversationPorts } from '../../chain/ports.js';
import type { SavedReplyUsed } from '../commands.js';
import type { AutomaticAuthor } from '../events/writing.js';
import { mentionFacts, replyFacts } from '../facts.js';
import { touch } from '../touch.js';
import type { ConversationResult } from '../touch.js';

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
