import { commandHeader } from '#event-sourcing-testing';
import type { AttributeDefinition } from '#attributes/attributes';
import type { ClaimedIdentity, ContactCommand } from './commands.js';
import type { ContactEvent } from './events.js';

// Commands and events of the contact specs: contact `ada`, met on channel `c1` under identity `k1`; agent Ann, who has
// access to `c1`.

export const contactId = 'ada';
export const at = '2026-11-21T09:30:00.000Z';

export const header = commandHeader({ actor: { id: 'ann', role: 'agent' }, at });

export const identity = {
  identityKey: 'k1',
  medium: 'custom',
  idScope: 'c1',
  externalUserId: 'user-17',
} as const;
export const claimedIdentity: ClaimedIdentity = { ...identity, channelId: 'c1' };

/** Makes an event of this contact. */
export function event<Type extends ContactEvent['type']>(
  type: Type,
  data: Omit<Extract<ContactEvent, { type: Type }>['data'], 'contactId'>,
): ContactEvent {
  return { type, data: { contactId, ...data } } as ContactEvent;
}

type Facts =
  | 'access'
  | 'borrowed'
  | 'throughPrimary'
  | 'source'
  | 'matchKeys'
  | 'vipEnabled'
  | 'contactId'
  | keyof typeof header
  | 'type';

/** Makes a command of Ann's on this contact; what is not said is as in her usual day. */
export function command<Type extends ContactCommand['type']>(
  type: Type,
  data: Omit<Extract<ContactCommand, { type: Type }>, Facts> & Partial<Extract<ContactCommand, { type: Type }>>,
): ContactCommand {
  const merged = { borrowed: [], throughPrimary: false };
  const facts = { access: new Set(['c1']), source: 'agent', vipEnabled: true, matchKeys: [], ...merged };
  return { ...header, contactId, ...facts, type, ...data } as ContactCommand;
}

export const created = event('ContactCreated', { createdBy: 'c1' });
export const attached = event('IdentityAttached', identity);
export const seen = event('ContactSeenOnChannel', { channelId: 'c1', identityKey: 'k1' });
export const known = [created, attached, seen] as const;

export const deletionRequested = event('ContactDeletionRequested', {
  erasureId: 'erasure-1',
  hint: 'u••••',
  reason: 'requested',
  adminName: 'Grace',
});

export const tier: AttributeDefinition = {
  alias: 'tier',
  kind: 'custom',
  label: 'Tier',
  format: 'dropdown',
  repeatable: false,
  enabled: true,
  options: [
    { optionId: 'gold', label: 'Gold', retired: false },
    { optionId: 'silver', label: 'Silver', retired: false },
  ],
  lookup: false,
  managed: false,
  retention: null,
};
export const vip: AttributeDefinition = { ...tier, alias: 'vip', kind: 'standard', format: 'boolean', options: [] };
export const waId: AttributeDefinition = {
  ...tier,
  alias: 'waId',
  medium: 'whatsapp',
  kind: 'platform',
  format: 'text',
  options: [],
};

export const setTier = (value: unknown, more: object = {}): ContactCommand =>
  command('SetAttribute', { name: 'tier', definition: tier, value, ...more });

export const tierSet = (value: string): ContactEvent =>
  event('AttributeSet', { alias: 'tier', value, source: 'agent' });

export const note = (text: string): ContactCommand => command('AddContactNote', { noteId: 'n1', text });
