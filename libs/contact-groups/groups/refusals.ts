import type { Refusal } from '#event-sourcing';
import type { ConditionMisfit } from '../condition/index.js';

export type GroupsRefusal =
  | Refusal<'not-found'>
  | Refusal<'built-in-group'>
  | (Refusal<'group-name-taken'> & { readonly name: string })
  | (Refusal<'condition-misfit'> & { readonly pointer: string; readonly reason: ConditionMisfit });

export const groupsRefusals: readonly {
  readonly code: GroupsRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'not-found', rule: 'CON-7', sentence: 'There is no such group.' },
  {
    code: 'built-in-group',
    rule: 'ATT-6',
    sentence: 'The group VIP is always there; switch the attribute vip off instead.',
  },
  { code: 'group-name-taken', rule: 'CON-7', sentence: 'Another group has this name.' },
  {
    code: 'condition-misfit',
    rule: 'CON-7',
    sentence: 'This is no condition; a JSON pointer says where, and a reason why.',
  },
];
