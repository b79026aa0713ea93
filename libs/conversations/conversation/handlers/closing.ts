import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { conversationPorts } from '../../chain/ports.js';
import type { ConversationPorts } from '../../chain/ports.js';
import { closingNoteRules, closingNotesDirectory } from '../../closing-notes/index.js';
import { touch } from '../touch.js';
import type { ConversationResult } from '../touch.js';

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
