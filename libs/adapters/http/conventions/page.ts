import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { Page, PageWanted, Scalar } from '#event-sourcing';
import { ifGiven, OptionalText } from '../bodies/fields.js';
import { formatCursor, parseCursor } from './cursor.js';

const standardLimit = '50';

/** Which part of a list is asked for. */
export class PageQuery {
  @ifGiven()
  @Matches(/^([1-9]\d?|1\d\d|200)$/, { message: 'limit must be a whole number from 1 to 200' })
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: Number(standardLimit) })
  readonly limit?: string;

  /** The `nextCursor` of the part before. */
  @OptionalText(4_000) readonly cursor?: string;
}

/** A list as it is answered. */
export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  /** Not there when this is the end. */
  readonly nextCursor?: string;
}

/**
 * What a cursor belongs to: a list, in one shape of its model, continued by so many values: those that it is sorted by,
 * the id, and of a model its generation.
 */
export interface ListKind {
  readonly name: string;
  readonly values: number;
}

export function pageWanted({ limit = standardLimit, cursor }: PageQuery, list: ListKind): PageWanted {
  const after = cursor === undefined ? undefined : parseCursor(list.name, cursor, list.values);
  return { limit: Number(limit), after };
}

export function listAnswer<Item>({ items, next }: Page<Item>, list: ListKind): ListAnswer<Item> {
  return next === undefined ? { items } : { items, nextCursor: formatCursor(list.name, next) };
}

/** A part of a list that is in memory as a whole, in the order of its ids. */
export function partOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  { limit, after }: PageWanted,
): Page<Item> {
  const beyond = String(after?.[0] ?? '');
  const rest = items.filter((item) => idOf(item) > beyond).toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const part = rest.slice(0, limit);
  const last = part.at(-1);
  const next: readonly Scalar[] | undefined = last && rest.length > limit ? [idOf(last)] : undefined;
  return next === undefined ? { items: part } : { items: part, next };
}
