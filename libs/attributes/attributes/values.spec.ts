import { describe, expect, it } from '@jest/globals';
import { fitValue } from './fit-value.js';
import { languageOf, platformValues } from './platform.js';
import type { AttributeFormat } from './events.js';
import type { AttributeDefinition } from './state.js';

const definition = (format: AttributeFormat, repeatable = false): AttributeDefinition => ({
  alias: 'a',
  kind: 'custom',
  label: 'A',
  format,
  repeatable,
  enabled: true,
  options: format === 'dropdown' ? [{ optionId: 'gold', label: 'Gold', retired: false }] : [],
  lookup: false,
  managed: false,
  retention: null,
});
const kept = (format: AttributeFormat, value: unknown): unknown => {
  const fit = fitValue(definition(format), value);
  return fit.fits ? fit.value : fit.reason;
};

describe('a value of a format', () => {
  it.each([
    ['text', 'Gold', 'Gold'],
    ['text', 42, '42'],
    ['text', 'x'.repeat(4_096), 'x'.repeat(4_096)],
    ['dropdown', 'gold', 'gold'],
    ['boolean', false, false],
    ['number', -0.5, -0.5],
    ['date', '2028-02-29', '2028-02-29'],
    ['email', 'Ada@Example.com', 'Ada@Example.com'],
    ['phone', '+31 6 1234-5678', '+31612345678'],
    ['url', 'https://example.com/a?b=c', 'https://example.com/a?b=c'],
    ['language', 'en_us', 'en-US'],
  ] as const)('ATT-2: %s takes %j and keeps %j', (format, value, expected) => {
    expect(kept(format, value)).toStrictEqual(expected);
  });

  it.each([
    ['text', true, 'not-text'],
    ['text', ' ', 'empty'],
    ['text', { $ne: null }, 'not-text'],
    ['text', 'x'.repeat(4_097), 'too-long'],
    ['dropdown', 'Gold', 'not-an-option'],
    ['boolean', 'true', 'not-true-or-false'],
    ['number', '1', 'not-a-number'],
    ['number', Number.POSITIVE_INFINITY, 'not-a-number'],
    ['date', '2026-02-30', 'not-a-date'],
    ['date', '2026-2-3', 'not-a-date'],
    ['email', 'ada@', 'not-an-email-address'],
    ['email', 'a b@example.com', 'not-an-email-address'],
    ['phone', '0612345678', 'not-an-international-phone-number'],
    ['phone', '+1', 'not-an-international-phone-number'],
    ['url', 'javascript:alert(1)', 'not-a-web-address'],
    ['url', 'https://', 'not-a-web-address'],
    ['language', 'not a tag', 'not-a-language-tag'],
  ] as const)('ATT-2: %s refuses %j: %s', (format, value, reason) => {
    expect(kept(format, value)).toBe(reason);
  });

  it('ATT-2: a repeatable one keeps each value once, in order', () => {
    const several = definition('phone', true);
    expect(fitValue(several, ['+31612345678', '+49 30 901820', '+31 6 12345678'])).toStrictEqual({
      fits: true,
      value: ['+31612345678', '+4930901820'],
    });
    expect(fitValue(several, '+31612345678')).toStrictEqual({ fits: false, reason: 'not-a-list' });
    expect(fitValue(several, [])).toStrictEqual({ fits: false, reason: 'empty' });
    expect(fitValue(several, ['+31612345678', 'x'])).toStrictEqual({
      fits: false,
      reason: 'not-an-international-phone-number',
    });
    expect(fitValue(definition('text', true), Array.from({ length: 21 }, String))).toStrictEqual({
      fits: false,
      reason: 'too-many',
    });
  });
});

describe('what a channel tells', () => {
  it.each([
    ['+49 30 901820', '+4930901820'],
    ['4930901820', '+4930901820'],
    ['030 901820', '030 901820'],
    ['2125550123', '2125550123'],
    ['70707', '70707'],
  ])('LNK-2: the sender %s of an SMS is kept as %s, never as a number of another country', (externalUserId, phone) => {
    expect(platformValues({ medium: 'sms' }, { externalUserId })).toStrictEqual([{ alias: 'phone', value: phone }]);
  });

  it.each([
    ['DE', '030 901820', '+4930901820'],
    ['DE', '0049 30 901820', '+4930901820'],
    ['DE', '+31 6 12345678', '+31612345678'],
    ['NL', '06 12345678', '+31612345678'],
    ['FR', '06 12345678', '+33612345678'],
    ['NL', '31612345678', '+31612345678'],
    ['NL', '4930901820', '+4930901820'],
    ['IT', '06 69812345', '+390669812345'],
    ['US', '(212) 555-0123', '+12125550123'],
    ['DE', '12345', '12345'],
    ['DE', 'INFO', 'INFO'],
    ['DE', '030 90•••', '030 90•••'],
    ['NL', '030 901820', '030 901820'],
  ])('LNK-2: in the region %s, the sender %s of an SMS is %s', (region, externalUserId, phone) => {
    expect(platformValues({ medium: 'sms', region }, { externalUserId })).toStrictEqual([
      { alias: 'phone', value: phone },
    ]);
  });

  it('ATT-1: WhatsApp: the id, the number and the profile name', () => {
    expect(platformValues({ medium: 'whatsapp' }, { externalUserId: '31612345678', displayName: 'Ada' })).toStrictEqual(
      [
        { alias: 'waId', value: '31612345678' },
        { alias: 'phone', value: '+31612345678' },
        { alias: 'profileName', value: 'Ada' },
      ],
    );
  });

  it('ATT-1: Instagram: its table’s attributes; what it does not say is left out', () => {
    const profile = { username: 'ada', followers: 12, verified: false, shoeSize: 38 };
    expect(platformValues({ medium: 'instagram' }, { externalUserId: 'i1', profile })).toStrictEqual([
      { alias: 'userId', value: 'i1' },
      { alias: 'username', value: 'ada' },
      { alias: 'followers', value: 12 },
      { alias: 'verified', value: false },
    ]);
  });

  it('ATT-1: custom: any key under the profile', () => {
    const profile = JSON.parse('{"tier":"gold","visits":3,"__proto__":"x"}') as Record<string, string>;
    expect(platformValues({ medium: 'custom' }, { externalUserId: 'u1', displayName: 'Ada', profile })).toStrictEqual([
      { alias: 'tier', value: 'gold' },
      { alias: 'visits', value: 3 },
      { alias: '__proto__', value: 'x' },
    ]);
  });

  it('ATT-1: the language, as a BCP 47 tag', () => {
    expect(languageOf([{ alias: 'locale', value: 'nl_NL' }])).toBe('nl-NL');
    expect(languageOf([{ alias: 'language', value: 'no such tag' }])).toBeUndefined();
    expect(languageOf([{ alias: 'country', value: 'NL' }])).toBeUndefined();
  });
});
