import { IdList, Text } from '../bodies/fields.js';

export class TeamBody {
  @Text(200) readonly name!: string;
}

export class TeamMembersBody {
  @IdList(1_000) readonly userIds!: readonly string[];
}
