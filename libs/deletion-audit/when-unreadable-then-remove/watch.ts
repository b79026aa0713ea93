import type { AuditEvent } from '../audit/index.js';

export type RemovalEvent = Extract<AuditEvent, { type: 'ContactMadeUnreadable' | 'ErasureCompleted' }>;

/** One instance for all: a scavenge costs the same for one contact and for thousands (decision 19). */
export const everyErasure = 'every-erasure';

export const removalEvents: ReadonlySet<RemovalEvent['type']> = new Set(['ContactMadeUnreadable', 'ErasureCompleted']);

export const keyOf = (): string => everyErasure;
