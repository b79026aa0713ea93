import { reaches } from '#access/user';
import type { ChannelAccess } from '#access/user';
import type { CommandRunner } from '#event-sourcing';
import { displayName } from '../display-name/index.js';
import type { ShownValue } from './commands.js';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import { channelsOf } from './known-contact.js';
import type { KnownContact } from './known-contact.js';

/** The contacts that were merged into this one, by id; what is theirs is read there. */
export async function absorbedContacts(
  runner: CommandRunner,
  { absorbed }: KnownContact,
  options: { readonly fresh: boolean },
): Promise<ReadonlyMap<string, KnownContact>> {
  const contacts = new Map<string, KnownContact>();
  for (const contactId of absorbed.flatMap(({ contactIds }) => contactIds)) {
    const { state } = await runner.load(contactDecider, contactStream(contactId), options);
    if (state.phase === 'merged') contacts.set(contactId, state.contact);
    // Its part of an undoing is done already.
    if (state.phase === 'known') contacts.set(contactId, state);
  }
  return contacts;
}

/** What the contact shows of others: of several merges that brought an attribute the latest counts. */
export function borrowedValues(
  { absorbed }: KnownContact,
  others: ReadonlyMap<string, KnownContact>,
): readonly ShownValue[] {
  const owners = new Map(absorbed.flatMap(({ values }) => values.map(({ alias, contactId }) => [alias, contactId])));
  return [...owners].flatMap(([alias, contactId]) => {
    const owned = others.get(contactId)?.values.find((value) => value.alias === alias && value.medium === undefined);
    return owned ? [{ alias, contactId, value: owned.value }] : [];
  });
}

/** The values that the contact shows, those that channels told apart, with whose they are. */
export function shownValues(
  contactId: string,
  contact: KnownContact,
  others: ReadonlyMap<string, KnownContact>,
): readonly ShownValue[] {
  const borrowed = borrowedValues(contact, others);
  const own = contact.values.filter(
    ({ alias, medium }) => medium === undefined && !borrowed.some((value) => value.alias === alias),
  );
  return [...own.map(({ alias, value }) => ({ alias, contactId, value })), ...borrowed];
}

/** CON-3: made of the name that the contact shows, which can be one of those that were merged into it. */
export function wholeHint(contact: KnownContact, others: ReadonlyMap<string, KnownContact>): string {
  if (others.size === 0) return contact.hint;
  const all = [contact, ...others.values()];
  const brought = new Set(contact.absorbed.flatMap(({ values }) => values.map(({ alias }) => alias)));
  const own = contact.values.filter(({ alias, medium }) => medium !== undefined || !brought.has(alias));
  const told = [...others.values()].flatMap(({ values }) => values.filter(({ medium }) => medium !== undefined));
  return displayName({
    name: all.find(({ name }) => name !== undefined)?.name,
    values: [...own, ...borrowedValues(contact, others), ...told],
    identities: all.flatMap(({ identities }) => identities),
  }).hint;
}

/** What a command on the contact has to know of those that were merged into it. */
export async function mergedFacts(
  runner: CommandRunner,
  contactId: string,
  access: ChannelAccess,
): Promise<{ readonly access: ChannelAccess; readonly borrowed: readonly ShownValue[] }> {
  const { state } = await runner.load(contactDecider, contactStream(contactId), { fresh: false });
  if (state.phase !== 'known' || state.absorbed.length === 0) return { access, borrowed: [] };
  const others = await absorbedContacts(runner, state, { fresh: false });
  // Who sees one of them sees the contact (ASG-6).
  const seen = [...others.values()].some((contact) => reaches(access, channelsOf(contact)));
  return { access: seen ? 'all' : access, borrowed: borrowedValues(state, others) };
}

/** The contact in whose stream the note stands: this one, or one that was merged into it, for who sees this one. */
export async function noteOwner(
  runner: CommandRunner,
  contactId: string,
  noteId: string,
  access: ChannelAccess,
): Promise<string> {
  const { state } = await runner.load(contactDecider, contactStream(contactId), { fresh: true });
  if (state.phase !== 'known' || !reaches(access, channelsOf(state))) return contactId;
  const others = await absorbedContacts(runner, state, { fresh: true });
  const owner = [...others].find(([, { notes }]) => notes.some((note) => note.noteId === noteId));
  return owner?.[0] ?? contactId;
}
