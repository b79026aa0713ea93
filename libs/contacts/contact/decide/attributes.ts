import { fitValue, isPlatformAlias, platformName, tellsLanguage } from '#attributes/attributes';
import type { AttributeDefinition } from '#attributes/attributes';
import type { Actor } from '#event-sourcing';
import type { ClearAttribute, ExpireValue, MarkVip, RecordProfile, SetAttribute, UnmarkVip } from '../commands.js';
import type { ContactEvent } from '../events.js';
import type { AttributeSet, ValueSource } from '../events/attributes.js';
import type { ContactRefusal } from '../refusals.js';
import { maySay } from '../source.js';
import { isSameAttribute, isSameValue } from '../known-contact.js';
import type { KnownContact } from '../known-contact.js';

type Decision = readonly ContactEvent[] | ContactRefusal;

export function setAttribute(command: SetAttribute, contact: KnownContact): Decision {
  const definition = settable(command, contact);
  if ('code' in definition) return definition;
  const { alias } = definition;
  const fit = fitValue(definition, command.value);
  if (!fit.fits) return { code: 'attribute-misfit', alias, reason: fit.reason };
  if (alias === 'vip') return fit.value === true ? markVip(command, contact) : unmarkVip(command, contact);
  const { contactId, source, matchKeys } = command;
  const borrowed = command.borrowed.find((shown) => shown.alias === alias);
  if (borrowed && isSameValue(borrowed.value, fit.value)) return [];
  // What the contact itself holds does not show while a value is borrowed.
  const shown = borrowed ? { ...contact, values: [] } : contact;
  return valueSet(shown, { contactId, alias, value: fit.value, source }, matchKeys);
}

export function clearAttribute(command: ClearAttribute, contact: KnownContact): Decision {
  const definition = settable(command, contact);
  if ('code' in definition) return definition;
  const { alias } = definition;
  if (alias === 'vip') return unmarkVip(command, contact);
  const isBorrowed = contact.absorbed.some(({ values }) => values.some((borrowed) => borrowed.alias === alias));
  if (!isBorrowed && !contact.values.some((entry) => isSameAttribute(entry, { alias }))) return [];
  return [{ type: 'AttributeCleared', data: { contactId: command.contactId, alias, source: command.source } }];
}

/** ATT-7: whoever holds the value; a switched-off attribute's goes, too. */
export function expireValue({ contactId, alias, medium }: ExpireValue, contact: KnownContact): Decision {
  const attribute = { alias, ...(medium && { medium }) };
  if (!contact.values.some((entry) => isSameAttribute(entry, attribute))) return [];
  return [{ type: 'AttributeCleared', data: { contactId, ...attribute, source: 'automation' } }];
}

type VipChange = Pick<UnmarkVip, 'contactId' | 'source'>;

export function markVip(command: VipChange & Pick<MarkVip, 'vipEnabled'>, contact: KnownContact): Decision {
  const { contactId, source, vipEnabled } = command;
  if (!vipEnabled) return { code: 'vip-disabled' };
  return contact.vip ? [] : [{ type: 'VipMarked', data: { contactId, source } }];
}

export function unmarkVip({ contactId, source }: VipChange, contact: KnownContact): Decision {
  return contact.vip ? [{ type: 'VipUnmarked', data: { contactId, source } }] : [];
}

/** ATT-1: what the channel says; equal values record nothing, what it does not say stays. */
export function recordProfile(command: RecordProfile, contact: KnownContact): Decision {
  const { contactId, channelId, medium, identityKey, displayName, values, language } = command;
  const identity = contact.identities.find((known) => known.identityKey === identityKey);
  if (!identity) return { code: 'not-found' };
  const events: ContactEvent[] = [];
  if (!identity.channelIds.includes(channelId)) {
    events.push({ type: 'ContactSeenOnChannel', data: { contactId, channelId, identityKey } });
  }
  if (displayName !== undefined && displayName !== identity.profileName) {
    events.push({ type: 'ProfileNameChanged', data: { contactId, identityKey, profileName: displayName } });
  }
  const source = 'channel';
  const set = values.flatMap(({ alias, value, matchKeys }) =>
    valueSet(contact, { contactId, alias, medium, value, source }, matchKeys),
  );
  events.push(...set);
  // A language that somebody corrected by hand stays until the channel tells another one than before.
  if (language !== undefined && set.some(({ data }) => tellsLanguage(data.alias))) {
    events.push(...valueSet(contact, { contactId, alias: 'language', value: language, source }, []));
  }
  return events;
}

/** The attribute that people and services may set, or why they may not. */
function settable(
  command: {
    readonly name: string;
    readonly definition: AttributeDefinition | undefined;
    readonly source: ValueSource;
    readonly actor: Actor;
  },
  contact: KnownContact,
): AttributeDefinition | ContactRefusal {
  const { name, definition, source, actor } = command;
  if (!definition) {
    return isFilledByChannel(name, contact)
      ? { code: 'platform-attribute', alias: name }
      : { code: 'unknown-attribute', alias: name };
  }
  if (definition.kind === 'platform') return { code: 'platform-attribute', alias: name };
  if (!maySay(actor, source)) return { code: 'source-not-allowed', source };
  if (!definition.enabled && definition.alias !== 'vip' && source === 'agent') {
    return { code: 'attribute-disabled', alias: name };
  }
  if (definition.managed && source === 'agent') return { code: 'managed-attribute', alias: name };
  return definition;
}

/** A platform attribute that the catalogue does not list: any key under the profile of a `custom` channel. */
function isFilledByChannel(name: string, { values }: KnownContact): boolean {
  const { medium, alias } = platformName(name);
  if (medium !== undefined) return true;
  return isPlatformAlias(alias) || values.some((entry) => entry.medium !== undefined && entry.alias === alias);
}

function valueSet(
  contact: KnownContact,
  data: Omit<AttributeSet['data'], 'matchKeys'>,
  matchKeys: readonly string[],
): AttributeSet[] {
  const before = contact.values.find((entry) => isSameAttribute(entry, data));
  if (before && isSameValue(before.value, data.value)) return [];
  return [{ type: 'AttributeSet', data: matchKeys.length === 0 ? data : { ...data, matchKeys } }];
}
