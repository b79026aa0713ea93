import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { searchables } from '#search/find';
import { ifGiven, Text } from '../bodies/fields.js';
import { PageQuery } from '../conventions/page.js';

const one = `(?:${searchables.join('|')})`;

export class SearchQuery extends PageQuery {
  /** Words, all of which must match; the last may be half typed. */
  @Text(200) readonly q!: string;

  @ifGiven()
  @Matches(new RegExp(`^${one}(,${one})*$`), { message: `in must be some of ${searchables.join(', ')}, with commas` })
  @ApiPropertyOptional({ type: String, default: searchables.join(','), example: 'contacts' })
  readonly in?: string;
}
