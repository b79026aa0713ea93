import { wordsIn } from './words.js';

/** What somebody looks for: whole words, and one that may be half typed. */
export interface SearchWords {
  readonly whole: readonly string[];
  readonly half: string;
}

const mostWords = 10;
const phoneNumber = /^\s*\+?[\d\s().\-/]{6,}$/;

/** `undefined`: there is nothing to look for in it. Words beyond the tenth are left out. */
export function searchWords(text: string): SearchWords | undefined {
  // However somebody groups the digits of a number, it stands as one word.
  const words = phoneNumber.test(text) ? [text.replaceAll(/\D/g, '')] : wordsIn(text).slice(0, mostWords);
  const half = words.at(-1);
  if (half === undefined || half === '') return undefined;
  const whole = [...new Set(words.slice(0, -1))];
  return { whole, half };
}
