/**
 * Longer words stand in the index by their beginnings too, so that a word half typed is found in the order of the index.
 * Each length costs the index something for every message; the lengths between are compared in the documents.
 */
const beginningLengths = [3, 5, 8] as const;

/** No word begins with it. */
const beginning = (characters: readonly string[]): string => `^${characters.join('')}`;

/** What the index holds of these words. */
export function tokensOf(words: Iterable<string>): readonly string[] {
  const tokens = new Set<string>();
  for (const word of words) {
    tokens.add(word);
    const characters = Array.from(word);
    for (const length of beginningLengths) {
      if (characters.length > length) tokens.add(beginning(characters.slice(0, length)));
    }
  }
  return [...tokens];
}

/** How a word that may be half typed is looked up. */
export interface Half {
  /** The word itself, and a beginning of longer ones. */
  readonly tokens: readonly string[];
  /** Where the beginning says less than what was typed. */
  readonly startsWith: string | undefined;
}

/** One or two letters are looked up as a word: as a beginning they would say next to nothing. */
export function halfTyped(word: string): Half {
  const characters = Array.from(word);
  const length = beginningLengths.findLast((one) => one <= characters.length);
  if (length === undefined) return { tokens: [word], startsWith: undefined };
  const tokens = [word, beginning(characters.slice(0, length))];
  return { tokens, startsWith: length === characters.length ? undefined : word };
}
