import { matches } from '#contact-groups/condition';
import type { Circumstances, Condition } from '#contact-groups/condition';
import { contactsInTurn } from '#contacts/contact-view';
import type { ContactInTurn } from '#contacts/contact-view';
import type { Ids, ReadModels } from '#event-sourcing';
import type { SelectedContact } from './commands.js';

/** Whom a bulk deletion concerns. */
export type Selection =
  | { readonly by: 'condition'; readonly condition: Condition; readonly circumstances: Circumstances }
  /** No conversation is open, and none was since (RFC 3339 in UTC with milliseconds). */
  | { readonly by: 'inactivity'; readonly inactiveSince: string };

export interface Selected {
  readonly contacts: readonly SelectedContact[];
  /** The first few, for who has to confirm. */
  readonly sample: readonly ContactInTurn[];
  /** Stands for exactly these contacts: who confirms it confirms nobody else. */
  readonly fingerprint: string;
}

const sampleSize = 20;

/** Goes over all contacts, each with what was merged into it: for an admin's job, not for every request. */
export async function selectContacts(
  { models, ids }: { readonly models: ReadModels; readonly ids: Ids },
  selection: Selection,
): Promise<Selected> {
  const contacts: SelectedContact[] = [];
  const sample: ContactInTurn[] = [];
  for await (const contact of contactsInTurn(models)) {
    if (!isWanted(contact, selection)) continue;
    contacts.push({ contactId: contact.contactId, mergedIds: contact.mergedIds });
    if (sample.length < sampleSize) sample.push(contact);
  }
  const all = contacts.map(({ contactId, mergedIds }) => [contactId, ...mergedIds].join(' '));
  return { contacts, sample, fingerprint: ids.keyed('bulk-deletion', ...all) };
}

function isWanted(contact: ContactInTurn, selection: Selection): boolean {
  if (selection.by === 'inactivity') return isQuietSince(contact, selection.inactiveSince);
  return matches(selection.condition, contact.traits, selection.circumstances);
}

export function isQuietSince({ quietSince }: ContactInTurn, instant: string): boolean {
  return quietSince !== null && quietSince < instant;
}
