import { OptionalFlag, OptionalIdList, OptionalText, Text } from '../bodies/fields.js';

export class CreateCollectionBody {
  @Text(200) readonly name!: string;
  /** Offered where one of these is the current channel. */
  @OptionalIdList(200) readonly channelIds?: readonly string[];
  /** Offered to the members of these everywhere. */
  @OptionalIdList(200) readonly teamIds?: readonly string[];
  /** Only for who makes it; else it is shared, and made by admins. */
  @OptionalFlag() readonly personal?: boolean;
}

/** What is not named stays as it is. */
export class ChangeCollectionBody {
  @OptionalText(200) readonly name?: string;
  @OptionalIdList(200) readonly channelIds?: readonly string[];
  @OptionalIdList(200) readonly teamIds?: readonly string[];
}

export class AddSavedReplyBody {
  @Text(200) readonly title!: string;
  @Text(50) readonly shortcut!: string;
  /** With variables: `{{contact.firstName|there}}`, `{{agent.name}}`, `{{attribute.tier}}`. */
  @Text(10_000) readonly text!: string;
}

/** What is not named stays as it is. */
export class EditSavedReplyBody {
  @OptionalText(200) readonly title?: string;
  @OptionalText(50) readonly shortcut?: string;
  @OptionalText(10_000) readonly text?: string;
}
