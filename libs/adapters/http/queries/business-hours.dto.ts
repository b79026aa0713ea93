import { OptionalId } from '../bodies/fields.js';
import { Instant } from '../bodies/instant.js';

export class BusinessTimeQuery {
  @Instant() readonly from!: string;
  @Instant() readonly to!: string;
  /** Id of the channel whose calendar counts. */
  @OptionalId() readonly channel?: string;
  /** Id of the team whose calendar counts before that of the channel. */
  @OptionalId() readonly team?: string;
}
