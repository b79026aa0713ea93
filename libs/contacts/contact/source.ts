import type { Actor } from '#event-sourcing';
import type { ValueSource } from './events/attributes.js';

/** ATT-4: what the values that an actor sets come from. */
export function sourceOf({ role }: Actor): ValueSource {
  switch (role) {
    case 'admin':
    case 'agent':
    case 'analyst':
    case 'auditor':
      return 'agent';
    case 'contact':
      return 'channel';
    case 'automation':
    case 'workflow':
      return 'automation';
    case 'service':
    case 'bot':
      return 'service';
  }
}

/** What a service may say that a value of its own comes from. */
export const namedSources = ['service', 'crm', 'autoresponder', 'automation'] as const;
export type NamedSource = (typeof namedSources)[number];

/** ATT-4: people's values are theirs; a service may say on whose behalf it writes. */
export function maySay(actor: Actor, source: ValueSource): boolean {
  return source === sourceOf(actor) || (actor.role === 'service' && namedSources.some((named) => named === source));
}
