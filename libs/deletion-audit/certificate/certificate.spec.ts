import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSigner, verifySignature } from '#adapters/runtime';
import { isRefusal } from '#event-sourcing';
import { complete, entry, makeUnreadable, record } from '../audit/audit.fixtures.js';
import type { AuditCommand } from '../audit/commands.js';
import { checkChain, continues, createAuditDecider, isIntact, sealHead } from '../audit/index.js';
import type { AuditEvent } from '../audit/index.js';
import { certify, faultOfCertificate } from './certificate.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const [signer, stranger] = [createSigner(new Uint8Array(32).fill(1)), createSigner(new Uint8Array(32).fill(2))];
const issuedAt = '2026-03-02T12:00:00.000Z';
const trust = { publicKey: signer.publicKey, verify: verifySignature, sha256 };

function history(...commands: AuditCommand[]): AuditEvent[] {
  const decider = createAuditDecider(sha256);
  const events: AuditEvent[] = [];
  for (const command of commands) {
    const decision = decider.decide(command, events.reduce(decider.evolve, decider.initial));
    if (isRefusal(decision)) throw new Error(decision.code);
    events.push(...decision);
  }
  return events;
}

const noted = { ...record('e1'), entry: entry('e1', { note: 'asked by phone', noteHash: 'n1' }) };
const events = history(noted, record('e2'), makeUnreadable('e1'), complete('e1'), makeUnreadable('e2'));

function certificateOf(erasureId: string) {
  const certificate = certify(events, erasureId, issuedAt, signer);
  if (!certificate) throw new Error('no certificate');
  return certificate;
}

describe('the certificate of an erasure', () => {
  it('DEL-4: says what was destroyed and when, unreadable and removed apart, and nothing personal but the hint', () => {
    expect(certificateOf('e1').facts).toStrictEqual({
      erasureId: 'e1',
      contactIds: ['contact-of-e1'],
      hint: 'J•••• D••••',
      platforms: ['custom', 'whatsapp'],
      destroyed: { identities: 2, conversations: 3, messages: 17, notes: 1, attributes: 4 },
      reason: 'requested',
      requestedAt: '2026-03-02T10:59:59.000Z',
      requestedBy: { userId: 'adam', name: 'Adam Admin' },
      unreadableAt: '2026-03-02T11:00:00.000Z',
      removedAt: '2026-03-02T11:00:00.000Z',
    });
    expect(certificateOf('e2').facts.removedAt).toBeNull();
    expect(JSON.stringify(certificateOf('e1'))).not.toContain('asked by phone');
  });

  it('DEL-4: is not issued before the contact is unreadable, nor for an erasure that never was', () => {
    expect(certify(history(record('e1')), 'e1', issuedAt, signer)).toBeUndefined();
    expect(certify(events, 'e3', issuedAt, signer)).toBeUndefined();
  });

  it('DEL-4: is verified without any server, by everybody who knows the key', () => {
    for (const erasureId of ['e1', 'e2']) {
      const copy: unknown = JSON.parse(JSON.stringify(certificateOf(erasureId)));
      expect(faultOfCertificate(copy, trust)).toBeUndefined();
      expect(faultOfCertificate(copy, { ...trust, publicKey: undefined })).toBeUndefined();
      expect(faultOfCertificate(copy, { ...trust, publicKey: stranger.publicKey })).toBe('another-key');
    }
  });

  it('S7: any change of it is found', () => {
    const text = JSON.stringify(certificateOf('e1'));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '7', 'a', 'Z'), (at, character) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        fc.pre(changed !== text);
        let document: unknown;
        try {
          document = JSON.parse(changed);
        } catch {
          return;
        }
        fc.pre(JSON.stringify(document) !== text);
        expect(faultOfCertificate(document, trust)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('one that somebody else has signed over forged events is found, also without knowing the key', () => {
    const forged = certify(
      events.map((event) => ({ ...event, data: { ...event.data, erasureId: 'e1' } }) as AuditEvent),
      'e1',
      issuedAt,
      stranger,
    );
    expect(faultOfCertificate(forged, { ...trust, publicKey: undefined })).toBe('events');
  });

  it.each([undefined, null, 7, 'text', {}, { kind: 'inbox-ledger/erasure-certificate', version: 1 }])(
    'takes %j for no certificate',
    (document) => {
      expect(faultOfCertificate(document, trust)).toBe('not-a-certificate');
    },
  );
});

describe('a sealed head', () => {
  const sealed = (of: readonly AuditEvent[]) => sealHead(of, checkChain(of, sha256), issuedAt, signer);

  it('DEL-4: names events, deletions and the last hash, and is signed', () => {
    const head = sealed(events);
    expect(head).toMatchObject({ events: 5, entries: 2, head: events.at(-1)?.data.hash, sealedAt: issuedAt });
    expect(isIntact(head, verifySignature)).toBe(true);
    for (const change of [{ events: 4 }, { entries: 1 }, { head: sha256('') }, { publicKey: stranger.publicKey }]) {
      expect(isIntact({ ...head, ...change }, verifySignature)).toBe(false);
    }
  });

  it('S7: a chain that was cut off, or written anew, does not continue it; one that has grown does', () => {
    fc.assert(
      fc.property(fc.nat(events.length), fc.nat(events.length), (then, now) => {
        expect(continues(events.slice(0, now), sealed(events.slice(0, then)))).toBe(now >= then);
      }),
    );
    const anew = history(record('e2'), noted, makeUnreadable('e1'), makeUnreadable('e2'), complete('e1'));
    expect(continues(anew, sealed(events))).toBe(false);
  });
});
