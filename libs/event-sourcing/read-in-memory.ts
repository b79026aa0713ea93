import type { Alternative, Condition, ReadModels, Scalar, Stored, Where } from './ports/read-models.js';
import { scalarAt, valueAt } from './value-at.js';

/** Answers queries from documents that are at hand, by the rules of the database; never rebuilt, unless told. */
export function readInMemory(
  documentsOf: (model: string) => readonly Stored<object>[],
  positions: Pick<ReadModels, 'position' | 'waitFor'> & Partial<Pick<ReadModels, 'generation'>>,
): ReadModels {
  // What a model's documents look like, its queries know; the database does not check it either.
  const all = <Doc extends object>(model: string) => documentsOf(model) as readonly Stored<Doc>[];
  const found = <Doc extends object>(model: string, where: Where) =>
    all<Doc>(model).filter((document) => matches(document, where));
  return {
    generation: () => Promise.resolve(0),
    ...positions,
    get: <Doc extends object>(model: string, id: string) =>
      Promise.resolve(all<Doc>(model).find((document) => document._id === id)),
    many: <Doc extends object>(model: string, ids: readonly string[]) =>
      Promise.resolve(all<Doc>(model).filter((document) => ids.includes(document._id))),
    page: <Doc extends object>(model: string, { where, sort, limit, after }: Parameters<ReadModels['page']>[1]) => {
      const order = Object.entries({ ...sort, _id: sort['_id'] ?? 1 });
      const keyOf = (document: object): Scalar[] => order.map(([path]) => scalarAt(document, path));
      const compare = (a: readonly Scalar[], b: readonly Scalar[]): number => {
        const differs = order.findIndex((_field, index) => a[index] !== b[index]);
        if (differs < 0) return 0;
        return ((a[differs] ?? '') < (b[differs] ?? '') ? -1 : 1) * (order[differs]?.[1] ?? 1);
      };
      const page = found<Doc>(model, where)
        .filter((document) => after === undefined || compare(keyOf(document), after) > 0)
        .toSorted((a, b) => compare(keyOf(a), keyOf(b)));
      return Promise.resolve(page.slice(0, limit));
    },
    count: (model, where) => Promise.resolve(found(model, where).length),
  };
}

function matches(document: object, where: Where): boolean {
  return Object.entries(where).every(([path, condition]) => {
    const value = valueAt(document, path);
    const values = (Array.isArray(value) ? value : [value]) as readonly Scalar[];
    if (typeof condition === 'object' && condition !== null && 'each' in condition) {
      return condition.each.every((alternatives) => values.some((one) => isAmong(one, alternatives)));
    }
    return values.some((one) => holds(one, condition));
  });
}

function isAmong(value: Scalar, alternatives: readonly Alternative[]): boolean {
  return alternatives.some((one) =>
    typeof one === 'object' && one !== null ? String(value).startsWith(one.startsWith) : one === value,
  );
}

function holds(value: Scalar, condition: Exclude<Condition, { readonly each: unknown }>): boolean {
  if (typeof condition !== 'object' || condition === null) return value === condition;
  if ('in' in condition) return condition.in.includes(value);
  const { lt, lte, gt, gte } = condition;
  if (value === null) return false;
  return (
    (lt === undefined || lt === null || value < lt) &&
    (lte === undefined || lte === null || value <= lte) &&
    (gt === undefined || gt === null || value > gt) &&
    (gte === undefined || gte === null || value >= gte)
  );
}
