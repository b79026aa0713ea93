import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createIds, createSecrets, systemClock } from '#adapters/runtime';
import { DamagedData } from '#event-sourcing';

const key = new Uint8Array(32).fill(7);
const otherKey = new Uint8Array(32).fill(8);

describe('ids', () => {
  const ids = createIds(key);

  it('are the same for the same parts under the same key, and for nothing else', () => {
    expect(createIds(key).keyed('phone', '+4930123')).toBe(ids.keyed('phone', '+4930123'));
    expect(createIds(otherKey).keyed('phone', '+4930123')).not.toBe(ids.keyed('phone', '+4930123'));
    expect(ids.derivedUuid('a')).not.toBe(ids.keyed('a'));
  });

  it('keep the parts apart, whatever they contain', () => {
    const parts = fc.array(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(ids.keyed(...one) === ids.keyed(...other)).toBe(same);
        expect(ids.derivedUuid(...one) === ids.derivedUuid(...other)).toBe(same);
      }),
    );
  });

  it('have their usual form', () => {
    expect(ids.keyed('a')).toMatch(/^[0-9a-f]{32}$/);
    expect(ids.derivedUuid('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.next()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.next()).not.toBe(ids.next());
  });
});

describe('secrets', () => {
  const secrets = createSecrets(key);

  it('come back as they were, and look different each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(secrets.open(secrets.seal(plain))).toBe(plain);
      }),
    );
    expect(secrets.seal('token')).not.toBe(secrets.seal('token'));
  });

  it('open under the key of their own store only', () => {
    expect(() => createSecrets(otherKey).open(secrets.seal('token'))).toThrow(DamagedData);
  });

  it('notice any change', () => {
    const bytes = Buffer.from(secrets.seal('token').slice(3), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => secrets.open(`v1.${changed.toString('base64url')}`)).toThrow(DamagedData);
    }
    for (const text of ['', 'v1.', 'v2.AAAA', 'token']) expect(() => secrets.open(text)).toThrow(DamagedData);
  });
});

describe('system clock', () => {
  it('tells the time in UTC with milliseconds', () => {
    expect(systemClock.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('wakes a sleeper that is told to stop', async () => {
    const stop = new AbortController();
    const sleeping = systemClock.sleep(3_600_000, stop.signal);
    stop.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });
});
