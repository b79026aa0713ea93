import type { Command, CommandHeader, CommandResult, CommandRunner, Decider } from '#event-sourcing';
import { partsOfOpen, rankingStream } from './events.js';
import type { OpenConversationsRanked, QueueRankingTookEffect, RankingEvent } from './events.js';

export type RecordOpenRanked = Command<'RecordOpenRanked', OpenConversationsRanked['data']>;
export type PutRankingIntoEffect = Command<'PutRankingIntoEffect', QueueRankingTookEffect['data']>;
export type RankingCommand = RecordOpenRanked | PutRankingIntoEffect;

export interface RankingState {
  /** How many parts are ranked. */
  readonly ranked: number;
  readonly inEffect: boolean;
}

/** Each part is recorded once, in order; the version takes effect once, after the last one. */
export const rankingDecider: Decider<RankingCommand, RankingEvent, RankingState, never> = {
  initial: { ranked: 0, inEffect: false },
  evolve: (state, event) =>
    event.type === 'OpenConversationsRanked' ? { ...state, ranked: event.data.to } : { ...state, inEffect: true },
  decide(command, { ranked, inEffect }) {
    const { version } = command;
    switch (command.type) {
      case 'RecordOpenRanked': {
        const { from, to } = command;
        return from === ranked && to > from ? [{ type: 'OpenConversationsRanked', data: { version, from, to } }] : [];
      }
      case 'PutRankingIntoEffect':
        return ranked < partsOfOpen || inEffect ? [] : [{ type: 'QueueRankingTookEffect', data: { version } }];
    }
  },
};

type Result = CommandResult<RankingEvent, never>;

export function recordOpenRanked(
  runner: CommandRunner,
  header: CommandHeader,
  part: OpenConversationsRanked['data'],
): Promise<Result> {
  const command = { ...header, type: 'RecordOpenRanked', ...part } as const;
  return runner.run(rankingDecider, rankingStream(part.version), command);
}

export function putRankingIntoEffect(runner: CommandRunner, header: CommandHeader, version: string): Promise<Result> {
  const command = { ...header, type: 'PutRankingIntoEffect', version } as const;
  return runner.run(rankingDecider, rankingStream(version), command);
}
