import type { Command, Decider, Refusal } from '#event-sourcing';
import type { LinkEvent } from './events.js';

export type LinkCommand = Command<
  'LinkContacts' | 'DissolveLink',
  {
    readonly contactId: string;
    readonly otherId: string;
    /** Whether the sender sees both (ASG-6). */
    readonly seesBoth: boolean;
  }
>;

export type LinkRefusal =
  | Refusal<'not-found'>
  | Refusal<'contact-deleted'>
  | (Refusal<'contact-merged'> & { readonly contactId: string; readonly primaryId: string })
  | Refusal<'link-to-itself'>;

export const linkRefusals: readonly {
  readonly code: LinkRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'not-found', rule: 'ASG-6', sentence: 'There is no such contact for the caller.' },
  { code: 'contact-deleted', rule: 'DEL-6', sentence: 'The contact is deleted, or about to be.' },
  {
    code: 'contact-merged',
    rule: 'CON-5',
    sentence: 'The contact was merged into another one, which speaks for it; it is named.',
  },
  { code: 'link-to-itself', rule: 'LNK-4', sentence: 'A contact is not linked with itself.' },
];

/** `none`: whether the two are linked, their values say. */
type Pair = 'none' | 'linked' | 'apart';

/** LNK-4: what somebody has said about a pair goes before what values say. */
export const linkDecider: Decider<LinkCommand, LinkEvent, Pair, LinkRefusal> = {
  initial: 'none',
  evolve: (_pair, { type }) => (type === 'ContactsLinked' ? 'linked' : 'apart'),
  decide({ type, contactId, otherId, seesBoth }, pair) {
    if (!seesBoth) return { code: 'not-found' };
    if (contactId === otherId) return { code: 'link-to-itself' };
    const data = { contactId, otherId };
    if (type === 'LinkContacts') return pair === 'linked' ? [] : [{ type: 'ContactsLinked', data }];
    return pair === 'apart' ? [] : [{ type: 'LinkDissolved', data }];
  },
};
