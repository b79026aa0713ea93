import type { Position, RecordedEvent } from '#event-sourcing';
import type { Moment } from '../as-of/index.js';

/** Which events, and in which order. */
export interface ReplayFilter {
  /** Not given: all. */
  readonly types?: ReadonlySet<string>;
  /** Name of one stream. Not given: all of the product's. */
  readonly stream?: string;
  readonly direction: 'forwards' | 'backwards';
  /** Where to begin, in the direction of reading: after the event at a position, or with the first one of a time. */
  readonly from?: Moment;
  /** The last one, in the direction of reading. */
  readonly to?: Moment;
  readonly limit: number;
  /** Goes on with what is yet to happen; forwards only. */
  readonly follow: boolean;
}

/** Goes over events in the order of reading, and remembers how far it has come. */
export interface Sieve {
  /** Nothing more is wanted. */
  readonly done: boolean;
  wants(event: RecordedEvent): boolean;
}

export function createSieve({ types, from, to, direction, limit }: ReplayFilter): Sieve {
  const ahead = direction === 'forwards';
  let begun = from === undefined;
  let left = limit;
  return {
    get done() {
      return left === 0;
    },
    wants(event) {
      // Once begun it goes on: where the store's clock went back, later events are dated earlier (decision 22).
      begun ||= from !== undefined && hasBegun(event, from, ahead);
      if (!begun || left === 0) return false;
      if (to !== undefined && isBeyond(event, to, ahead)) {
        left = 0;
        return false;
      }
      if (types && !types.has(event.type)) return false;
      left--;
      return true;
    },
  };
}

function hasBegun({ position, created }: RecordedEvent, from: Moment, ahead: boolean): boolean {
  if ('position' in from) return ahead ? position > from.position : position < from.position;
  return ahead ? created >= from.time : created <= from.time;
}

function isBeyond({ position, created }: RecordedEvent, to: Moment, ahead: boolean): boolean {
  if ('position' in to) return ahead ? position > to.position : position < to.position;
  return ahead ? created > to.time : created < to.time;
}

/** Where to begin reading the log; what stands before is not looked at. */
export function startOf({ from }: ReplayFilter): Position | undefined {
  return from && 'position' in from ? from.position : undefined;
}
