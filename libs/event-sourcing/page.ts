import { CursorOutdated } from './errors.js';
import type { PageRequest, ReadModels, Scalar, Stored } from './ports/read-models.js';
import { scalarAt } from './value-at.js';

/**
 * Which part of a list: at most `limit` items, after the one with these values. Of a model they are its generation, the
 * sort values and the `_id`.
 */
export interface PageWanted {
  readonly limit: number;
  readonly after?: readonly Scalar[] | undefined;
}

/** A part of a list. `next`: where the next part begins, not there when this one ends the list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: readonly Scalar[];
}

/** What is in a list, and its order. */
export type ListAsked = Pick<PageRequest, 'where' | 'sort'>;

/**
 * Reads one document more than asked for, to know whether there is another page. `sort` names no field of an array.
 * Throws `CursorOutdated` when the model was rebuilt since the page before.
 */
export async function readPage<Doc extends object>(
  models: ReadModels,
  model: string,
  { where, sort }: ListAsked,
  { limit, after }: PageWanted,
): Promise<Page<Stored<Doc>>> {
  const generation = await models.generation(model);
  if (after && after[0] !== generation) throw new CursorOutdated(model);
  const request = { where, sort, limit: limit + 1, after: after?.slice(1) };
  const documents = await models.page<Doc>(model, request);
  const items = documents.slice(0, limit);
  const last = items.at(-1);
  if (documents.length <= limit || !last) return { items };
  return { items, next: [generation, ...Object.keys(sort).map((path) => scalarAt(last, path)), last._id] };
}

const atOnce = 500;

/** A list to its end, for ourselves. */
export function readWhole<Doc extends object>(
  models: ReadModels,
  model: string,
  list: ListAsked,
): Promise<readonly Stored<Doc>[]> {
  return againIfRebuilt(async () => {
    const whole: Stored<Doc>[] = [];
    let after: readonly Scalar[] | undefined;
    do {
      const page: Page<Stored<Doc>> = await readPage<Doc>(models, model, list, { limit: atOnce, after });
      whole.push(...page.items);
      after = page.next;
    } while (after);
    return whole;
  });
}

/** What reads several pages reads all of them anew, once, when the model was rebuilt between two (decision 12). */
export async function againIfRebuilt<Answer>(read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await read();
  } catch (fault) {
    if (fault instanceof CursorOutdated) return read();
    throw fault;
  }
}
