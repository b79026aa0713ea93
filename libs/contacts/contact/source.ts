import type { Actor } from '#event-sourcing';
import type { ValueSource } from './events.js';

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
