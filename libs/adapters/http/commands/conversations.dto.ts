import { automaticAuthors } from '#conversations/conversation';
import type { AutomaticAuthor } from '#conversations/conversation';
import {
  ClearableText,
  Id,
  OptionalFlag,
  OptionalId,
  OptionalIdList,
  OptionalOneOf,
  OptionalText,
  Text,
} from '../bodies/fields.js';
import { Instant } from '../bodies/instant.js';

export class OpenConversationBody {
  @Id() readonly contactId!: string;
  @Id() readonly channelId!: string;
  /** What a service acts for, if that is not itself. */
  @OptionalOneOf(['automation']) readonly onBehalfOf?: 'automation';
}

export class WriteReplyBody {
  /** Left out, a saved reply's own text is sent. */
  @OptionalText(10_000) readonly text?: string;
  /** The saved reply that it is made from; its variables are filled in. */
  @OptionalId() readonly savedReplyId?: string;
  /** Another channel of the contact than the current one. */
  @OptionalId() readonly channelId?: string;
  /** Whether a service's message answers the person; an agent's always does. */
  @OptionalFlag() readonly answers?: boolean;
  /** Who a service writes for, if that is not itself. */
  @OptionalOneOf(automaticAuthors) readonly writtenBy?: AutomaticAuthor;
}

export class InternalNoteBody {
  @Text(10_000) readonly text!: string;
  /** Ids of colleagues whom it asks to look. */
  @OptionalIdList(50) readonly mentions?: readonly string[];
}

export class SnoozeBody {
  @Instant() readonly until!: string;
}

export class HandToBotBody {
  @Id() readonly botId!: string;
}

export class CloseConversationBody {
  @OptionalId() readonly category?: string;
  @OptionalText(4_000) readonly summary?: string;
  /** What a service acts for, if that is not itself; `bot`: its parameter `RB_MARKDONE`. */
  @OptionalOneOf(['automation', 'bot']) readonly onBehalfOf?: 'automation' | 'bot';
}

/** What is not named stays as it is; `null` empties it. */
export class ClosingNoteBody {
  @ClearableText(200) readonly category?: string | null;
  @ClearableText(4_000) readonly summary?: string | null;
}
