import { DamagedData } from '#event-sourcing';

/** Revisions and positions are plain numbers; what a number cannot hold exactly is refused, never rounded. */
export function exactNumber(value: bigint, where: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new DamagedData(`${where}: ${value} is no place of an event`);
  return number;
}
