import type { ChangeAttribute } from './commands.js';
import type { AttributesEvent } from './events.js';

export const header = {
  commandId: 'command-1',
  commandHash: 'hash-1',
  correlationId: 'request-1',
  causationId: 'command-1',
  actor: { id: 'grace', role: 'admin' },
  at: '2026-11-21T09:30:00.000Z',
} as const;

export const change = (name: string, data: Partial<ChangeAttribute>): ChangeAttribute => ({
  ...header,
  type: 'ChangeAttribute',
  name,
  label: undefined,
  enabled: undefined,
  lookup: undefined,
  managed: undefined,
  retention: undefined,
  ...data,
});

export const defined = (
  data: Partial<Extract<AttributesEvent, { type: 'AttributeDefined' }>['data']> = {},
): AttributesEvent => ({
  type: 'AttributeDefined',
  data: { alias: 'tier', label: 'Tier', format: 'text', repeatable: false, ...data },
});

export const gold = { optionId: 'gold', label: 'Gold' };

export const silver = { optionId: 'silver', label: 'Silver' };

export const optionAdded = (option: typeof gold): AttributesEvent => ({
  type: 'AttributeOptionAdded',
  data: { alias: 'tier', ...option },
});
