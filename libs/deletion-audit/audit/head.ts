import type { Signer } from '#event-sourcing';
import type { ChainCheck } from './chain.js';
import { chainStart } from './chain.js';
import type { AuditEvent } from './events.js';
import { signed } from './signed.js';
import type { Signed } from './signed.js';

/** How far the chain was at a time. Kept outside, it is what later verifications are held against (S7, S8). */
export interface AuditHead {
  readonly kind: 'inbox-ledger/audit-head';
  readonly version: 1;
  /** Number of events of the stream. */
  readonly events: number;
  /** Number of deletions among them. */
  readonly entries: number;
  /** Hash of the last one. */
  readonly head: string;
  readonly sealedAt: string;
}

export function sealHead(
  events: readonly AuditEvent[],
  check: ChainCheck,
  at: string,
  signer: Signer,
): Signed<AuditHead> {
  const { head, deletions: entries } = check;
  const kind = 'inbox-ledger/audit-head';
  return signed({ kind, version: 1, events: events.length, entries, head, sealedAt: at }, signer);
}

/** Whether the chain still holds everything that it held when the head was sealed. */
export function continues(events: readonly AuditEvent[], sealed: Pick<AuditHead, 'events' | 'head'>): boolean {
  if (sealed.events === 0) return sealed.head === chainStart;
  return events[sealed.events - 1]?.data.hash === sealed.head;
}
