import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import type { AttributeFormat } from './events.js';
import { senderNumber } from './phone-number.js';
import type { AttributeValue } from './value.js';

/** What a channel's payload says about the person who wrote. */
export interface ChannelProfile {
  readonly externalUserId: string;
  readonly displayName?: string | undefined;
  readonly profile?: Readonly<Record<string, string | number | boolean>> | undefined;
}

interface PlatformAttribute {
  readonly alias: string;
  readonly format: AttributeFormat;
  /** Where the payload has it; `undefined`: it does not say. `region`: of numbers that are told without a country. */
  readonly from: (payload: ChannelProfile, region: string | undefined) => AttributeValue | undefined;
}

const userId = (alias: string): PlatformAttribute => ({
  alias,
  format: 'text',
  from: ({ externalUserId }) => externalUserId,
});
const displayName = (alias: string): PlatformAttribute => ({
  alias,
  format: 'text',
  from: (payload) => payload.displayName,
});
/** WhatsApp names people by their number with its country, without the plus. */
const phoneOfWaId: PlatformAttribute = {
  alias: 'phone',
  format: 'phone',
  from: ({ externalUserId }) => `+${externalUserId.replace(/\D/g, '')}`,
};
/** A short code, a sender’s name, or a number of nobody knows where stays as it was told, and links nobody (LNK-2). */
const phoneOfSender: PlatformAttribute = {
  alias: 'phone',
  format: 'phone',
  from: ({ externalUserId }, region) => senderNumber(externalUserId, region) ?? externalUserId,
};
const inProfile = (alias: string, format: AttributeFormat = 'text'): PlatformAttribute => ({
  alias,
  format,
  from: ({ profile }) => profile?.[alias],
});

/** ATT-1: the attributes that the system fills from each medium's payload. `custom` takes any key under `profile`. */
export const platformAttributes: Readonly<Record<Medium, readonly PlatformAttribute[]>> = {
  whatsapp: [userId('waId'), phoneOfWaId, displayName('profileName')],
  messenger: [userId('psid'), inProfile('firstName'), inProfile('lastName'), inProfile('locale', 'language')],
  instagram: [
    userId('userId'),
    inProfile('username'),
    displayName('name'),
    inProfile('followers', 'number'),
    inProfile('verified', 'boolean'),
  ],
  x: [
    userId('userId'),
    inProfile('handle'),
    displayName('name'),
    inProfile('followers', 'number'),
    inProfile('verified', 'boolean'),
  ],
  viber: [userId('userId'), displayName('name'), inProfile('language', 'language'), inProfile('country')],
  telegram: [
    userId('userId'),
    inProfile('username'),
    inProfile('firstName'),
    inProfile('lastName'),
    inProfile('language', 'language'),
  ],
  sms: [phoneOfSender],
  email: [userId('address'), displayName('displayName')],
  webchat: [userId('visitorId'), inProfile('page', 'url'), inProfile('locale', 'language')],
  custom: [],
};

/** Whether a medium tells the person's language under this alias. */
export const tellsLanguage = (alias: string): boolean => alias === 'language' || alias === 'locale';

export interface PlatformValue {
  readonly alias: string;
  readonly value: AttributeValue;
}

/** The platform values that a channel's payload holds. What the payload does not say is left out, not cleared. */
export function platformValues(
  { medium, region }: { readonly medium: Medium; readonly region?: string | undefined },
  payload: ChannelProfile,
): readonly PlatformValue[] {
  if (medium === 'custom') return Object.entries(payload.profile ?? {}).map(([alias, value]) => ({ alias, value }));
  return platformAttributes[medium].flatMap(({ alias, from }) => {
    const value = from(payload, region);
    return value === undefined || value === '' ? [] : [{ alias, value }];
  });
}

/** Of a platform attribute; keys under the profile of `custom` channels are text. */
export function platformFormat(medium: Medium, alias: string): AttributeFormat {
  return platformAttributes[medium].find((attribute) => attribute.alias === alias)?.format ?? 'text';
}

/** The language that platform values tell, as a BCP 47 tag. */
export function languageOf(values: readonly PlatformValue[]): string | undefined {
  const told = values.find(({ alias, value }) => tellsLanguage(alias) && typeof value === 'string');
  return told && languageTag(String(told.value));
}

/** The canonical BCP 47 tag of what a channel or a person wrote (`en_us`: `en-US`); `undefined` when it is none. */
export function languageTag(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0];
  } catch {
    // The only way to ask whether a tag is well-formed.
    return undefined;
  }
}

/** Whether any medium has a platform attribute under this alias. */
export function isPlatformAlias(alias: string): boolean {
  return media.some((medium) => platformAttributes[medium].some((attribute) => attribute.alias === alias));
}
