import type { EventMetadata } from './event.js';

const textFields = ['commandId', 'commandHash', 'correlationId', 'causationId', 'at'] as const;

/** Whether stored metadata is what the product writes. */
export function isEventMetadata(value: unknown): value is EventMetadata {
  if (typeof value !== 'object' || value === null) return false;
  const metadata: Partial<Record<keyof EventMetadata, unknown>> = value;
  if (!textFields.every((name) => typeof metadata[name] === 'string')) return false;
  const { actor, schemaVersion, settledAt } = metadata;
  if (typeof actor !== 'object' || actor === null || !('id' in actor) || !('role' in actor)) return false;
  if (typeof actor.id !== 'string' || typeof actor.role !== 'string') return false;
  if (!Number.isSafeInteger(schemaVersion) || Number(schemaVersion) < 1) return false;
  return settledAt === undefined || Number.isSafeInteger(settledAt);
}
