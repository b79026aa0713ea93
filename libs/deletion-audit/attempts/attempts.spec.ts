import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testGoldenEvents } from '#event-sourcing-testing';
import type { RecordRefusedDeletion } from './commands.js';
import { attemptsDecider, tooManyAttempts } from './decide.js';
import { attemptsEvents } from './events.js';
import type { DeletionRefused } from './events.js';

const { given } = scenariosOf(attemptsDecider);

const attempt = (at: string, adminId = 'adam'): RecordRefusedDeletion => ({
  type: 'RecordRefusedDeletion',
  ...commandHeader({ actor: { id: adminId, role: 'admin' }, at }),
  contactId: 'c',
  because: 'hint-mismatch',
});
const refused = (refusedAt: string, adminId = 'adam'): DeletionRefused => ({
  type: 'DeletionRefused',
  data: { contactId: 'c', adminId, refusedAt, because: 'hint-mismatch' },
});
const minute = (number: number): string =>
  new Date(Date.parse('2026-03-02T10:00:00.000Z') + number * 60_000).toISOString();
const four = [0, 1, 2, 3].map((number) => refused(minute(number)));

describe('refused deletions', () => {
  it('DEL-1: are recorded without what was typed', () => {
    given([])
      .when(attempt(minute(0)))
      .then([refused(minute(0))]);
  });

  it('DEL-1: the fifth wrong hint within ten minutes is the last one', () => {
    given(four)
      .when(attempt(minute(9)))
      .then([refused(minute(9))]);
    given([...four, refused(minute(9))])
      .when(attempt(minute(9)))
      .then({ code: 'too-many-attempts', until: minute(10) });
  });

  it('DEL-1: ten minutes after the oldest of the five the admin can try again', () => {
    given([...four, refused(minute(9))])
      .when(attempt(minute(10)))
      .then([refused(minute(10))]);
  });

  it('DEL-1: one admin’s guesses do not stop another', () => {
    given([...four, refused(minute(4))])
      .when(attempt(minute(5), 'eve'))
      .then([refused(minute(5), 'eve')]);
  });

  it('DEL-1: never are more than five recorded for one admin within ten minutes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (minutes) => {
        let state = attemptsDecider.initial;
        const recorded: number[] = [];
        for (const number of minutes.toSorted((a, b) => a - b)) {
          const decision = attemptsDecider.decide(attempt(minute(number)), state);
          if (tooManyAttempts(state, 'adam', minute(number))) {
            expect(decision).toHaveProperty('code', 'too-many-attempts');
            continue;
          }
          state = [refused(minute(number))].reduce(attemptsDecider.evolve, state);
          recorded.push(number);
        }
        for (const from of recorded) {
          expect(recorded.filter((number) => number >= from && number < from + 10).length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, attemptsEvents.definitions);
});
