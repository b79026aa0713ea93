import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { AddCategory, ArchiveCategory, ChooseAutomaticCategory, ChooseMode, RenameCategory } from './commands.js';
import { closingNotesDecider } from './decide.js';
import { closingNoteRules } from './directory.js';
import { closingNoteModes, closingNotesEvents } from './events.js';
import type { ClosingCategoryAdded, ClosingCategoryArchived, ClosingNoteMode } from './events.js';

const { given } = scenariosOf(closingNotesDecider);
const header = commandHeader({ actor: { id: 'adam', role: 'admin' }, at: '2026-03-02T10:00:00.000Z' });
const choose = (mode: ClosingNoteMode): ChooseMode => ({ ...header, type: 'ChooseMode', mode });
const add = (categoryId: string, parentId?: string): AddCategory => ({
  ...header,
  type: 'AddCategory',
  categoryId,
  name: 'Returns',
  ...(parentId !== undefined && { parentId }),
});
const archive = (categoryId: string): ArchiveCategory => ({ ...header, type: 'ArchiveCategory', categoryId });
const rename = (categoryId: string, name: string): RenameCategory => ({
  ...header,
  type: 'RenameCategory',
  categoryId,
  name,
});
const automatic = (categoryId: string | null): ChooseAutomaticCategory => ({
  ...header,
  type: 'ChooseAutomaticCategory',
  categoryId,
});
const added = (categoryId: string, parentId?: string): ClosingCategoryAdded => ({
  type: 'ClosingCategoryAdded',
  data: { categoryId, name: 'Returns', ...(parentId !== undefined && { parentId }) },
});
const archived = (categoryId: string): ClosingCategoryArchived => ({
  type: 'ClosingCategoryArchived',
  data: { categoryId },
});

describe('closing notes', () => {
  it('CNV-9: are optional until the admin chooses another mode', () => {
    given([]).when(choose('optional')).then([]);
    given([])
      .when(choose('both'))
      .then([{ type: 'ClosingNoteModeChosen', data: { mode: 'both' } }]);
  });

  it('CNV-9: have categories nested one level', () => {
    given([])
      .when(add('a'))
      .then([added('a')]);
    given([added('a')])
      .when(add('b', 'a'))
      .then([added('b', 'a')]);
    given([added('a'), added('b', 'a')])
      .when(add('c', 'b'))
      .then({ code: 'nested-too-deep', categoryId: 'b' });
  });

  it('CNV-9: take no category below one that is unknown or archived', () => {
    given([]).when(add('b', 'a')).then({ code: 'unknown-category', categoryId: 'a' });
    given([added('a'), archived('a')])
      .when(add('b', 'a'))
      .then({ code: 'unknown-category', categoryId: 'a' });
  });

  it('CNV-9: offer what is not archived, and nothing below an archived one', () => {
    const events = [added('a'), added('b', 'a'), added('c'), archived('a')];
    const state = events.reduce(closingNotesDecider.evolve, closingNotesDecider.initial);
    expect(closingNoteRules(state)).toStrictEqual({ mode: 'optional', categoryIds: new Set(['c']) });
  });

  it('CNV-9: have categories with names that change', () => {
    const renamed = { type: 'ClosingCategoryRenamed', data: { categoryId: 'a', name: 'Refunds' } } as const;
    given([added('a')])
      .when(rename('a', 'Refunds'))
      .then([renamed]);
    given([added('a'), renamed])
      .when(rename('a', 'Refunds'))
      .then([]);
    given([]).when(rename('a', 'Refunds')).then({ code: 'unknown-category', categoryId: 'a' });
  });

  it('CNV-9: have a category for automatic closes, or none', () => {
    const chosen = { type: 'AutomaticCategoryChosen', data: { categoryId: 'a' } } as const;
    given([added('a')])
      .when(automatic('a'))
      .then([chosen]);
    given([added('a'), archived('a')])
      .when(automatic('a'))
      .then({ code: 'unknown-category', categoryId: 'a' });
    given([added('a'), chosen])
      .when(automatic(null))
      .then([{ type: 'AutomaticCategoryChosen', data: {} }]);
    given([]).when(automatic(null)).then([]);
    const state = [added('a'), chosen].reduce(closingNotesDecider.evolve, closingNotesDecider.initial);
    expect(closingNoteRules(state)).toStrictEqual({
      mode: 'optional',
      categoryIds: new Set(['a']),
      automaticCategoryId: 'a',
    });
  });

  it('CNV-9: archive only what is there', () => {
    given([]).when(archive('a')).then({ code: 'unknown-category', categoryId: 'a' });
  });

  const id = fc.constantFrom('a', 'b', 'c');
  testDeciderProperties({
    decider: closingNotesDecider,
    definitions: closingNotesEvents.definitions,
    commands: fc.oneof(
      fc.constantFrom(...closingNoteModes).map(choose),
      id.map((categoryId) => add(categoryId)),
      fc.tuple(id, id).map(([categoryId, parentId]) => add(categoryId, parentId)),
      id.map(archive),
      id.map((categoryId) => rename(categoryId, 'Refunds')),
      fc.option(id).map(automatic),
    ),
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, closingNotesEvents.definitions);
});
