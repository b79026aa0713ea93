import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** Always four, so that nothing tells how long the hidden part is. */
const bullets = '••••';
const mostWords = 3;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Good enough to recognise, not to abuse (CON-3): of a phone number the country code and the last two digits, of an
 * e-mail address the first letter of both parts and the top domain, of anything else the first grapheme of each of at
 * most three words.
 */
export function mask(text: string): string {
  return maskedPhone(text) ?? maskedEmail(text) ?? maskedWords(text);
}

function maskedPhone(text: string): string | undefined {
  const number = /^\+[\d\s().-]+$/.test(text) ? parsePhoneNumberFromString(text) : undefined;
  // An impossible number can be so short that its last two digits are all there is.
  if (!number?.isPossible()) return undefined;
  return `+${number.countryCallingCode}${bullets}${number.nationalNumber.slice(-2)}`;
}

function maskedEmail(text: string): string | undefined {
  const parts = /^([^\s@]+)@([^\s@.]+)(?:\.[^\s@.]+)*\.([^\s@.]+)$/.exec(text);
  const [, local = '', domain = '', top = ''] = parts ?? [];
  return parts ? `${firstGrapheme(local)}${bullets}@${firstGrapheme(domain)}${bullets}.${top}` : undefined;
}

function maskedWords(text: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return bullets;
  return words
    .slice(0, mostWords)
    .map((word) => `${firstGrapheme(word)}${bullets}`)
    .join(' ');
}

function firstGrapheme(word: string): string {
  const [first] = graphemes.segment(word);
  return first?.segment ?? '';
}
