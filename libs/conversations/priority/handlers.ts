import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { channelDirectory } from '#channels/channel';
import { groupDirectory, vipGroupId } from '#contact-groups/groups';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import { topicsDirectory } from '#topics/topics';
import { priorityDecider } from './decide.js';
import { priorityScoresStream } from './events.js';
import type { PriorityEvent, ScoreTerms } from './events.js';
import type { PriorityRefusal } from './refusals.js';

type Result = CommandResult<PriorityEvent, PriorityRefusal>;

/** The answer's first event holds the new `scoreId`. */
export class AddPriorityScore extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly score: { readonly name?: string | undefined; readonly points: number; readonly terms: ScoreTerms },
  ) {
    super();
  }
}

export class SetPriorityPoints extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly score: { readonly scoreId: string; readonly points: number },
  ) {
    super();
  }
}

export class ArchivePriorityScore extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly scoreId: string,
  ) {
    super();
  }
}

@CommandHandler(AddPriorityScore)
export class AddPriorityScoreHandler implements ICommandHandler<AddPriorityScore> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, score: { name, points, terms } }: AddPriorityScore): Promise<Result> {
    const scoreId = this.ids.derivedUuid('priority-score', header.commandId);
    const groups = [...this.views.read(groupDirectory)].filter(([, { archived }]) => !archived);
    const knownGroups = new Set([vipGroupId, ...groups.map(([groupId]) => groupId)]);
    const topics = [...this.views.read(topicsDirectory)].filter(([, { archived }]) => !archived);
    const knownTopics = new Set(topics.map(([topicId]) => topicId));
    const knownChannels = new Set(this.views.read(channelDirectory).keys());
    const content = { scoreId, name, points, terms, knownGroups, knownTopics, knownChannels };
    const command = { ...header, type: 'AddPriorityScore', ...content } as const;
    return this.runner.run(priorityDecider, priorityScoresStream, command, options);
  }
}

@CommandHandler(SetPriorityPoints)
export class SetPriorityPointsHandler implements ICommandHandler<SetPriorityPoints> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, score }: SetPriorityPoints): Promise<Result> {
    const command = { ...header, type: 'SetPriorityPoints', ...score } as const;
    return this.runner.run(priorityDecider, priorityScoresStream, command, options);
  }
}

@CommandHandler(ArchivePriorityScore)
export class ArchivePriorityScoreHandler implements ICommandHandler<ArchivePriorityScore> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, scoreId }: ArchivePriorityScore): Promise<Result> {
    const command = { ...header, type: 'ArchivePriorityScore', scoreId } as const;
    return this.runner.run(priorityDecider, priorityScoresStream, command, options);
  }
}

export const priorityHandlers = [AddPriorityScoreHandler, SetPriorityPointsHandler, ArchivePriorityScoreHandler];
