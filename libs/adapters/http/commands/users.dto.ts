import { userRoles } from '#access/user';
import type { UserRole } from '#access/user';
import { IdList, OneOf, OptionalFlag, OptionalId, OptionalText, Text } from '../bodies/fields.js';

export class CreateUserBody {
  /** The `sub` of the tokens that they will come with; a new id when it is not given. */
  @OptionalId() readonly userId?: string;
  @Text(200) readonly name!: string;
  @OneOf(userRoles) readonly role!: UserRole;
}

/** What is not named stays as it is. */
export class ChangeUserBody {
  @OptionalText(200) readonly name?: string;
  /** False: deactivated. */
  @OptionalFlag() readonly active?: boolean;
}

export class ChannelAccessBody {
  @IdList(1_000) readonly channelIds!: readonly string[];
}
