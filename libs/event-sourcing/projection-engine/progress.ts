import type { Position } from '../event.js';

/** How far the log was taken in, with an event by which its history is known again. */
export interface Checkpoint {
  readonly position: Position;
  /** The newest event up to `position`; `null` when there was none. */
  readonly event: {
    readonly position: Position;
    readonly id: string;
    /** Where the store's own first event stands; `null` for a store without an identity. */
    readonly beginning: Position | null;
  } | null;
}

/** Why a projection stands still. */
export interface Poison {
  /** Position of the event that it cannot take. */
  readonly position: Position;
  readonly reason: string;
}

export interface ModelProgress {
  readonly name: string;
  readonly schema: number;
  /** How often it was rebuilt. Not there in what was written before rebuilds were counted. */
  readonly generation?: number;
  /** `own`: behind the others or poisoned, with a subscription of its own until it has caught up. */
  readonly lane: 'shared' | 'own';
  /** Where it stands when that is not where the others stand; on the shared lane it is ahead and waits for them. */
  readonly own: Checkpoint | null;
  readonly poison: Poison | null;
  /** A rebuilt generation that is taking the place of the live one: to be finished by whoever leads next. */
  readonly switching: { readonly generation: number; readonly job: string } | null;
}

/** The one progress document of all projections. */
export interface Progress extends Checkpoint {
  readonly models: readonly ModelProgress[];
}

/** A rebuild, asked for or under way, kept so that it goes on after a crash. */
export interface RebuildJob extends Checkpoint {
  readonly models: readonly { readonly name: string; readonly generation: number }[];
  /** Events taken in so far. */
  readonly done: number;
  /** Estimate of the events there are. */
  readonly total: number;
  readonly failure: string | null;
  readonly requestedAt: string;
}

/** What is left of a rebuild when its models have taken the place of the live ones. */
export interface RebuiltModels {
  readonly models: readonly string[];
  /** Events taken in. */
  readonly done: number;
}

export const progressName = 'projections';
export const leaseName = 'projections';
export const rebuildPrefix = 'rebuild:';
export const rebuiltPrefix = 'rebuilt:';
export const startOfLog: Checkpoint = { position: 0, event: null };

export const generationName = (model: string, generation: number): string => `${model}~${generation}`;
/** The model that a collection belongs to: live or a generation of it, documents or side documents. */
export const modelOf = (collection: string): string => collection.replace(/(~\d+)?(\.side)?$/, '');
export const sideName = (model: string): string => `${model}.side`;
