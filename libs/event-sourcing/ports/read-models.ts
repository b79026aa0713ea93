import type { Position } from '../event.js';

export type Scalar = string | number | boolean | null;

/** One of these values, or one that begins so. */
export type Alternative = Scalar | { readonly startsWith: string };

/** Never built from a user's object: values are scalars that a query function puts there. */
export type Condition =
  | Scalar
  | { readonly in: readonly Scalar[] }
  /**
   * Of an array: each of the lists names an element. The first list should be the one that the fewest documents meet.
   */
  | { readonly each: readonly (readonly Alternative[])[] }
  | { readonly lt?: Scalar; readonly lte?: Scalar; readonly gt?: Scalar; readonly gte?: Scalar };

/** All must hold. Paths as in the database (`assignee.userId`); on an array: any element. */
export type Where = Readonly<Record<string, Condition>>;

export type Stored<Doc extends object> = Doc & {
  readonly _id: string;
  /** Position of the last event that the document has seen. */
  readonly _at: Position;
};

export interface PageRequest {
  readonly where: Where;
  /** Field path to direction; `_id` is added as the last, so that the order is total. */
  readonly sort: Readonly<Record<string, 1 | -1>>;
  readonly limit: number;
  /** The sort values, `_id` last, of the document after which the page begins. */
  readonly after?: readonly Scalar[] | undefined;
}

/** The query side's view of the read models. Throws `StoreUnavailable`. */
export interface ReadModels {
  get<Doc extends object>(model: string, id: string): Promise<Stored<Doc> | undefined>;
  many<Doc extends object>(model: string, ids: readonly string[]): Promise<readonly Stored<Doc>[]>;
  page<Doc extends object>(model: string, request: PageRequest): Promise<readonly Stored<Doc>[]>;
  count(model: string, where: Where): Promise<number>;
  /** How often the model was rebuilt: what was read of it before the last time does not go on after it. */
  generation(model: string): Promise<number>;
  /** Up to where all models have advanced. */
  position(): Promise<Position>;
  /**
   * Resolves with the position reached once it is at least `position`; throws `StoreUnavailable` after `milliseconds`.
   */
  waitFor(position: Position, milliseconds: number): Promise<Position>;
}
