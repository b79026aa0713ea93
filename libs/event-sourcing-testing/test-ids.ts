import { createHash } from 'node:crypto';
import type { Ids } from '#event-sourcing';

/** Ids that are the same in each run; two makers with different names never make the same id. */
export function createTestIds(name = 'test'): Ids {
  let made = 0;
  const digest = (parts: readonly string[]): string =>
    createHash('sha256')
      .update(JSON.stringify([name, ...parts]))
      .digest('hex');
  const uuid = (hex: string): string =>
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return {
    next: () => uuid(digest(['next', String(made++)])),
    keyed: (...parts) => digest(['keyed', ...parts]).slice(0, 32),
    derivedUuid: (...parts) => uuid(digest(['uuid', ...parts])),
    chance: () => 0.5,
  };
}
