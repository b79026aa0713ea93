import type { Command } from '#event-sourcing';
import type { ScoreTerms } from './events.js';

export type AddPriorityScore = Command<
  'AddPriorityScore',
  {
    readonly scoreId: string;
    readonly name: string | undefined;
    readonly points: number;
    readonly terms: ScoreTerms;
    readonly knownGroups: ReadonlySet<string>;
    readonly knownTopics: ReadonlySet<string>;
    readonly knownChannels: ReadonlySet<string>;
  }
>;
export type SetPriorityPoints = Command<'SetPriorityPoints', { readonly scoreId: string; readonly points: number }>;
export type ArchivePriorityScore = Command<'ArchivePriorityScore', { readonly scoreId: string }>;

export type PriorityCommand = AddPriorityScore | SetPriorityPoints | ArchivePriorityScore;
