import type { Refusal } from '#event-sourcing';

export type IdentityRefusal = Refusal<'identity-owned'> & { readonly contactId: string };

export const identityRefusals: readonly {
  readonly code: IdentityRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [{ code: 'identity-owned', rule: 'CON-2', sentence: 'Another contact owns this identity; it is named.' }];
