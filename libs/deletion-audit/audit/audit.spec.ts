import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '#event-sourcing';
import { scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import { complete, entry, makeUnreadable, record } from './audit.fixtures.js';
import { chainStart, checkChain, hashOf } from './chain.js';
import type { AuditCommand } from './commands.js';
import { createAuditDecider } from './decide.js';
import { auditEvents } from './events.js';
import type { AuditEvent } from './events.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const decider = createAuditDecider(sha256);
const { given } = scenariosOf(decider);

/** The stream after these commands, as the decider writes it. */
function history(...commands: AuditCommand[]): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (const command of commands) {
    const decision = decider.decide(command, events.reduce(decider.evolve, decider.initial));
    if (isRefusal(decision)) throw new Error(decision.code);
    events.push(...decision);
  }
  return events;
}

describe('the audit of deletions', () => {
  it('DEL-4: the first entry is linked to the start of the chain', () => {
    const data = { ...entry('e1'), previousHash: chainStart };
    // The RFC 8785 form, written out: keys sorted, no blanks.
    const form =
      '{"data":{"adminId":"adam","adminName":"Adam Admin","contactIds":["contact-of-e1"],' +
      '"counts":{"attributes":4,"conversations":3,"identities":2,"messages":17,"notes":1},"erasureId":"e1",' +
      `"hint":"J•••• D••••","platforms":["custom","whatsapp"],"previousHash":"${chainStart}","reason":"requested",` +
      '"requestPosition":42,"requestedAt":"2026-03-02T10:59:59.000Z"},"type":"ContactDeleted"}';
    given([])
      .when(record('e1'))
      .then([{ type: 'ContactDeleted', data: { ...data, hash: sha256(form) } }]);
  });

  it('DEL-6: what is unreadable is linked in too, with the time from which its remains may be taken out', () => {
    const before = history(record('e1'), record('e2'));
    const data = {
      erasureId: 'e1',
      contactIds: ['contact-of-e1'],
      unreadableAt: '2026-03-02T11:00:00.000Z',
      removableFrom: '2026-03-03T02:00:00.000Z',
      previousHash: before[1]?.data.hash ?? '',
    };
    const type = 'ContactMadeUnreadable';
    given(before)
      .when(makeUnreadable('e1'))
      .then([{ type, data: { ...data, hash: hashOf({ type, data }, sha256) } }]);
  });

  it('DEL-4: the completion is an event of its own, linked to the one before it', () => {
    const before = history(record('e1'), record('e2'), makeUnreadable('e1'));
    const data = {
      erasureId: 'e1',
      contactIds: ['contact-of-e1'],
      completedAt: '2026-03-02T11:00:00.000Z',
      previousHash: before[2]?.data.hash ?? '',
    };
    const type = 'ErasureCompleted';
    given(before)
      .when(complete('e1'))
      .then([{ type, data: { ...data, hash: hashOf({ type, data }, sha256) } }]);
  });

  it('DEL-6: each erasure has exactly one entry, becomes unreadable once, and is completed once', () => {
    const all = history(record('e1'), makeUnreadable('e1'), complete('e1'));
    for (const again of [record('e1'), makeUnreadable('e1'), complete('e1')]) given(all).when(again).then([]);
  });

  it('DEL-4: nothing is completed that was not recorded and made unreadable', () => {
    const before = history(record('e1'));
    for (const early of [makeUnreadable('e2'), complete('e2'), complete('e1')]) {
      given(before).when(early).then({ code: 'unknown-erasure' });
    }
  });

  it('DEL-4: the chain vouches for the note by its keyed hash, so it stays whole when the note is unreadable', () => {
    const withNote = entry('e1', { note: 'asked by phone', noteHash: 'n1' });
    const { note, ...unreadable } = withNote;
    const hashed = (data: typeof unreadable): string =>
      hashOf({ type: 'ContactDeleted', data: { ...data, previousHash: chainStart } }, sha256);
    expect(note).toBe('asked by phone');
    expect(hashed(withNote)).toBe(hashed(unreadable));
    expect(hashed({ ...unreadable, noteHash: 'n2' })).not.toBe(hashed(unreadable));
  });
});

describe('a check of the chain', () => {
  const events = history(
    ...[1, 2, 3, 4, 5].flatMap((number) => [
      record(`e${number}`),
      makeUnreadable(`e${number}`),
      complete(`e${number}`),
    ]),
    record('e6'),
  );
  const head = events.at(-1)?.data.hash;
  const place = fc.nat(events.length - 1);

  it('DEL-4: finds what was written, and its head', () => {
    expect(checkChain(events, sha256)).toStrictEqual({ ok: true, deletions: 6, head });
    expect(checkChain([], sha256)).toStrictEqual({ ok: true, deletions: 0, head: chainStart });
  });

  it('S7: finds an edited entry, whatever was edited', () => {
    fc.assert(
      fc.property(place, fc.string({ minLength: 1 }), fc.nat(20), (at, text, pick) => {
        const edited = events.map((event, index) => {
          if (index !== at) return event;
          const fields = Object.entries(event.data);
          const [name = '', value]: readonly unknown[] = fields[pick % fields.length] ?? [];
          return { ...event, data: { ...event.data, [String(name)]: `${JSON.stringify(value)}${text}` } };
        });
        expect(checkChain(edited as AuditEvent[], sha256)).toMatchObject({ ok: false, brokenAt: at });
      }),
      { numRuns: 300 },
    );
  });

  it('S7: finds dropped, doubled, inserted and swapped entries', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        const dropped = events.toSpliced(one, 1);
        if (one < events.length - 1) expect(checkChain(dropped, sha256)).toMatchObject({ ok: false, brokenAt: one });
        const [stray] = history(record('e7'));
        if (!stray) throw new Error('no entry');
        if (one > 0) {
          expect(checkChain(events.toSpliced(one, 0, stray), sha256)).toMatchObject({ ok: false, brokenAt: one });
        }
        const [a, b] = [Math.min(one, other), Math.max(one, other)];
        const [first, second] = [events[a], events[b]];
        if (a === b || !first || !second) return;
        const swapped = events.with(a, second).with(b, first);
        expect(checkChain(swapped, sha256)).toMatchObject({ ok: false, brokenAt: a });
        expect(checkChain(events.toSpliced(b, 0, first), sha256)).toMatchObject({ ok: false });
      }),
      { numRuns: 300 },
    );
  });

  it('S7: a chain that was cut off has another head', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: events.length }), (lost) => {
        expect(checkChain(events.slice(0, -lost), sha256).head).not.toBe(head);
      }),
      { numRuns: 300 },
    );
  });
});

describe('always', () => {
  const id = fc.constantFrom('a', 'b', 'c');
  testDeciderProperties({
    decider,
    definitions: auditEvents.definitions,
    commands: fc.oneof(id.map(record), id.map(makeUnreadable), id.map(complete)),
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, auditEvents.definitions);
});
