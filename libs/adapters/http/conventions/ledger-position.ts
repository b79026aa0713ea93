import type { Position } from '#event-sourcing';
import { Problem } from '../problems/problem.js';

/** Turns positions into the opaque text of `Ledger-Position`, bound to the store they come from. */
export interface LedgerPositions {
  format(position: Position): string;
  /** Throws `validation` at `pointer` for what we never gave out, `position-unknown` for a position of another store. */
  parse(text: string, pointer: string): Position;
}

/**
 * `storeEpoch`: what tells this event store from every other, also from one that was set up anew under the same
 * address.
 */
export function createLedgerPositions(storeEpoch: string): LedgerPositions {
  return {
    format: (position) => Buffer.from(`${position}.${storeEpoch}`).toString('base64url'),
    parse(text, pointer) {
      const [, digits, epoch] = /^(\d{1,16})\.(.+)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
      const position = Number(digits);
      if (!Number.isSafeInteger(position)) {
        throw new Problem('validation', {
          errors: [{ pointer, detail: 'has to be a position that an answer carried' }],
        });
      }
      if (epoch !== storeEpoch) throw new Problem('position-unknown');
      return position;
    },
  };
}
