import { ClearableText, Id, OptionalFlag, OptionalId, OptionalText, Text } from '../bodies/fields.js';

export class OpenConversationBody {
  @Id() readonly contactId!: string;
  @Id() readonly channelId!: string;
}

export class WriteReplyBody {
  @Text(10_000) readonly text!: string;
  /** Another channel of the contact than the current one. */
  @OptionalId() readonly channelId?: string;
  /** Whether a service's message answers the person; an agent's always does. */
  @OptionalFlag() readonly answers?: boolean;
}

export class InternalNoteBody {
  @Text(10_000) readonly text!: string;
}

export class CloseConversationBody {
  @OptionalId() readonly category?: string;
  @OptionalText(4_000) readonly summary?: string;
}

/** What is not named stays as it is; `null` empties it. */
export class ClosingNoteBody {
  @ClearableText(200) readonly category?: string | null;
  @ClearableText(4_000) readonly summary?: string | null;
}
