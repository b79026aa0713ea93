import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { halfTyped, placeOf, positionAt, searchWords, tokensOf, wordsIn } from './index.js';

describe('the words of a text', () => {
  it.each([
    ['Where is my ORDER, please?', ['where', 'is', 'my', 'order', 'please']],
    ['Zoë Müller-Ångström', ['zoe', 'muller', 'angstrom']],
    ['ﬁne ２０２６', ['fine', '2026']],
    ['ada@example.com', ['ada', 'example', 'com']],
    ['Ελλάδα ΜΟΣΧΟΣ', ['ελλαδα', 'μοσχοσ']],
    ['東京都へ ok', ['東京', '京都', '都へ', 'ok']],
    ['水', ['水']],
    ['한국어', ['한국어']],
    ['— … !', []],
    ['x'.repeat(70), ['x'.repeat(64)]],
  ])('fold case, accents and ways of writing: %j', (text, words) => {
    expect(wordsIn(text)).toStrictEqual(words);
  });
});

describe('what is looked for', () => {
  it.each([
    ['Blue bicycle', { whole: ['blue'], half: 'bicycle' }],
    ['the the bike', { whole: ['the'], half: 'bike' }],
    ['+31 6 1234-5678', { whole: [], half: '31612345678' }],
    ['!?', undefined],
  ])('%j: all words, the last may be half typed', (text, words) => {
    expect(searchWords(text)).toStrictEqual(words);
  });

  it('a beginning is looked up by the longest token that it has, then by its letters', () => {
    expect(halfTyped('re')).toStrictEqual({ tokens: ['re'], startsWith: undefined });
    expect(halfTyped('res')).toStrictEqual({ tokens: ['res', '^res'], startsWith: undefined });
    expect(halfTyped('rest')).toStrictEqual({ tokens: ['rest', '^res'], startsWith: 'rest' });
    expect(halfTyped('restaurants')).toStrictEqual({
      tokens: ['restaurants', '^restaura'],
      startsWith: 'restaurants',
    });
  });

  it('every word is found by itself and by each of its beginnings from three letters on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (text) => {
        for (const word of wordsIn(text)) {
          const tokens = tokensOf([word]);
          expect(tokens).toContain(word);
          const characters = Array.from(word);
          for (let length = 3; length <= characters.length; length++) {
            const typed = characters.slice(0, length).join('');
            const { tokens: asked, startsWith = '' } = halfTyped(typed);
            expect(asked.some((token) => tokens.includes(token))).toBe(true);
            expect(tokens.some((one) => one.startsWith(startsWith))).toBe(true);
          }
        }
      }),
    );
  });
});

describe('a place in the log', () => {
  it('stands at the beginning of an id, in the order of the log', () => {
    expect([placeOf(9), placeOf(10), placeOf(900)].toSorted()).toStrictEqual([placeOf(9), placeOf(10), placeOf(900)]);
    expect(positionAt(`${placeOf(1234)} channel-1`)).toBe(1234);
  });
});
