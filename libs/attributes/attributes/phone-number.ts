// The full metadata: the small ones take any number of a fitting length for valid, `12345` for one of Germany.
import { getCountries, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneNumber } from 'libphonenumber-js/max';

/** The regions that have a numbering plan: ISO 3166 codes of two letters. */
export const phoneRegions: readonly string[] = getCountries();

/** E.164, from any way of writing a number that begins with `+`. */
export function internationalNumber(text: string): string | undefined {
  if (!text.startsWith('+')) return undefined;
  const number = parsePhoneNumberFromString(text);
  return number?.isPossible() ? number.number : undefined;
}

/**
 * LNK-2: who sent an SMS, in E.164. Without a plus it is a number as it is dialled within the region, or one with its
 * country; `undefined`: neither. It has to be a valid one: what is merely as long as a number could be a short code or a
 * national number of elsewhere, and taken for somebody's it would link strangers.
 */
export function senderNumber(text: string, region: string | undefined): string | undefined {
  const digits = `+${text.replaceAll(/\D/g, '')}`;
  if (text.startsWith('+')) return digits;
  const known = region !== undefined && isSupportedCountry(region) ? region : undefined;
  return (known && valid(parsePhoneNumberFromString(text, known))) ?? valid(parsePhoneNumberFromString(digits));
}

const valid = (number: PhoneNumber | undefined): string | undefined => (number?.isValid() ? number.number : undefined);
