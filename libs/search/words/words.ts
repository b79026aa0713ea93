/** Scripts that set no spaces between words: there, each two neighbours count as one. */
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]`;
const spaced = String.raw`(?:(?!${unspaced})[\p{L}\p{N}])`;
const runs = new RegExp(`${unspaced}+|${spaced}+`, 'gu');
const isUnspaced = new RegExp(`^${unspaced}`, 'u');
const longestWord = 64;

/** The words of a text, folded: without case, accents and ways of writing; in order, repeated ones too. */
export function wordsIn(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  // A sigma looks another way at the end of a word; a word half typed has no end yet.
  const folded = plain.replaceAll('ς', 'σ').normalize('NFC');
  return (folded.match(runs) ?? [])
    .flatMap((run) => (isUnspaced.test(run) ? neighbours(run) : [run]))
    .map((word) => word.slice(0, longestWord));
}

function neighbours(run: string): readonly string[] {
  const characters = Array.from(run);
  if (characters.length < 2) return [run];
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
