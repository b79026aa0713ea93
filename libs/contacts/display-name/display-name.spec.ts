import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayName } from './display-name.js';
import type { Naming } from './display-name.js';

const nobody: Naming = { values: [], identities: [] };
const whatsapp = { medium: 'whatsapp', externalUserId: '31612345678' } as const;
const named = (name: string): string => displayName({ ...nobody, name }).hint;

describe('the name of a contact', () => {
  const all: Naming = {
    name: 'Ada by hand',
    values: [
      { alias: 'firstName', medium: 'telegram', value: 'Ada' },
      { alias: 'lastName', medium: 'telegram', value: 'Lovelace' },
    ],
    identities: [
      { ...whatsapp, profileName: 'ada on whatsapp' },
      { medium: 'custom', externalUserId: 'u1', profileName: 'ada elsewhere' },
    ],
  };

  it('CON-3: is first the one given by hand', () => {
    expect(displayName(all).name).toBe('Ada by hand');
  });

  it('CON-3: is then first and last name of the attributes', () => {
    expect(displayName({ ...all, name: undefined }).name).toBe('Ada Lovelace');
    expect(displayName({ ...all, name: ' ', values: [{ alias: 'lastName', value: 'King' }] }).name).toBe('King');
  });

  it('CON-3: takes the admin’s own attribute before what a channel says', () => {
    const values = [...all.values, { alias: 'lastName', value: 'King' }];
    expect(displayName({ ...all, name: undefined, values }).name).toBe('Ada King');
  });

  it('CON-3: is then the profile name of the identity claimed first', () => {
    expect(displayName({ ...nobody, identities: all.identities }).name).toBe('ada on whatsapp');
    const unnamed = [whatsapp, { medium: 'custom', externalUserId: 'u1', profileName: 'ada elsewhere' }] as const;
    expect(displayName({ ...nobody, identities: unnamed }).name).toBe('+31••••78');
  });

  it('CON-3: is last its identifier, masked', () => {
    const of = (identity: Naming['identities'][number]): unknown => displayName({ ...nobody, identities: [identity] });
    expect(of(whatsapp)).toStrictEqual({ name: '+31••••78', hint: '+31••••78' });
    expect(of({ medium: 'email', externalUserId: 'ada@mail.example.org' })).toStrictEqual({
      name: 'a••••@m••••.org',
      hint: 'a••••@m••••.org',
    });
    expect(of({ medium: 'custom', externalUserId: 'user-17' })).toStrictEqual({ name: 'u••••', hint: 'u••••' });
  });

  it('CON-3: is none when nothing is known', () => {
    expect(displayName(nobody)).toStrictEqual({ name: null, hint: '••••' });
  });
});

describe('the hint of a contact', () => {
  it.each([
    ['Ada', 'A••••'],
    ['Ada Lovelace', 'A•••• L••••'],
    ['Ada Augusta King Noel', 'A•••• A•••• K••••'],
    ['  ada\tlovelace ', 'a•••• l••••'],
    ['👩‍🚀 e\u0301lan 李雷', '👩‍🚀•••• e\u0301•••• 李••••'],
    ['ada@example.com', 'a••••@e••••.com'],
    ['ada@mail.example.co.uk', 'a••••@m••••.uk'],
    ['+31 6 1234 5678', '+31••••78'],
    ['+1 (212) 555-0123', '+1••••23'],
    ['+12', '+••••'],
  ])('CON-3: of %j is %j', (name, hint) => {
    expect(named(name)).toBe(hint);
  });

  it('CON-3: never tells more than a grapheme of each of three words', () => {
    const word = fc.stringMatching(/^[a-z]{2,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const expected = words.slice(0, 3).map((one) => `${one.charAt(0)}••••`);
        expect(named(words.join(' '))).toBe(expected.join(' '));
      }),
    );
  });

  it('CON-3: is there for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(named(name)).toContain('••••');
      }),
    );
  });
});
