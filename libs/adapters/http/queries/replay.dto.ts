import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ifGiven, OptionalOneOf, OptionalText } from '../bodies/fields.js';

export class ReplayQuery {
  /** Event types, separated by commas. */
  @OptionalText(4_000) readonly types?: string;
  /** Name of one stream. */
  @OptionalText(300) readonly stream?: string;
  /** Where to begin, in the direction of reading: after a position, as lines carry it or as a number, or at a time. */
  @OptionalText(200) readonly from?: string;
  /** The last position or time, in the direction of reading. */
  @OptionalText(200) readonly to?: string;
  @OptionalOneOf(['forwards', 'backwards']) readonly direction?: 'forwards' | 'backwards';
  /** Goes on with what is yet to happen, until the client hangs up. */
  @OptionalOneOf(['true', 'false']) readonly follow?: 'true' | 'false';
  /**
   * `true`: personal fields are shown. Needs a reason, in `reason` or in the header `Access-Reason`; it is recorded.
   */
  @OptionalOneOf(['true', 'false']) readonly reveal?: 'true' | 'false';
  @OptionalText(500) readonly reason?: string;
  @ifGiven()
  @Matches(/^[1-9]\d{0,8}$/, { message: 'limit must be a whole number from 1 to 999999999' })
  @ApiPropertyOptional({ type: 'integer', minimum: 1 })
  readonly limit?: string;
}
