import type { Command } from '#event-sourcing';
import type { WrongHint } from './events.js';

export type RecordRefusedDeletion = Command<
  'RecordRefusedDeletion',
  { readonly contactId: string; readonly because: WrongHint }
>;
