import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import { mask } from './mask.js';

/** What the name and the hint of a contact depend on. */
export interface Naming {
  /** Given by hand. */
  readonly name?: string | undefined;
  /** In the order in which they were set. */
  readonly values: readonly { readonly alias: string; readonly medium?: Medium; readonly value: AttributeValue }[];
  /** In the order in which they were claimed. */
  readonly identities: readonly {
    readonly medium: Medium;
    readonly externalUserId: string;
    readonly profileName?: string | undefined;
  }[];
}

export interface DisplayName {
  /** `null`: nothing is known that could be a name. */
  readonly name: string | null;
  /** What deletion asks for and what the audit keeps. */
  readonly hint: string;
}

/** Aliases whose values make a name; a change of any other leaves it alone. */
export const namingAliases: ReadonlySet<string> = new Set(['firstName', 'lastName']);

/**
 * CON-3: the first that is there: the name given by hand, attributes first and last name, profile name of the identity
 * claimed first, its identifier, masked.
 */
export function displayName({ name, values, identities }: Naming): DisplayName {
  const [identity] = identities;
  const shown = given(name) ?? firstAndLastName(values) ?? given(identity?.profileName);
  if (shown !== undefined) return { name: shown, hint: mask(shown) };
  if (!identity) return { name: null, hint: mask('') };
  const masked = mask(readable(identity));
  return { name: masked, hint: masked };
}

function firstAndLastName(values: Naming['values']): string | undefined {
  const parts = ['firstName', 'lastName'].map((alias) => given(textOf(values, alias)));
  return given(parts.filter((part) => part !== undefined).join(' '));
}

/** A value that an admin's own attribute holds goes before what a channel says. */
function textOf(values: Naming['values'], alias: string): string | undefined {
  const named = values.filter((entry) => entry.alias === alias);
  const { value } = named.find(({ medium }) => medium === undefined) ?? named[0] ?? {};
  return typeof value === 'string' ? value : undefined;
}

function given(text: string | undefined): string | undefined {
  const trimmed = text?.trim().replaceAll(/\s+/g, ' ');
  return trimmed === '' ? undefined : trimmed;
}

/** Phone numbers stand as bare digits in identities of these media. */
function readable({ medium, externalUserId }: Naming['identities'][number]): string {
  const isNumber = (medium === 'whatsapp' || medium === 'sms') && /^\d+$/.test(externalUserId);
  return isNumber ? `+${externalUserId}` : externalUserId;
}
