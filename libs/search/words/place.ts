import type { Position } from '#event-sourcing';

const digits = String(Number.MAX_SAFE_INTEGER).length;

/** A position as part of an id: in the order of the log. */
export const placeOf = (position: Position): string => String(position).padStart(digits, '0');

/** The position that an id begins with. */
export const positionAt = (id: string): Position => Number(id.slice(0, digits));
