import { commandHeader } from '#event-sourcing-testing';
import type { ChangeAttribute } from './commands.js';
import type { AttributesEvent } from './events.js';

export const header = commandHeader();

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
