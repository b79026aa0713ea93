import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, Origin } from '#event-sourcing';
import { topicsDecider } from './decide.js';
import { topicsStream } from './events.js';
import type { TopicsEvent } from './events.js';
import type { TopicsRefusal } from './refusals.js';

type Result = CommandResult<TopicsEvent, TopicsRefusal>;

/** The answer's first event holds the new `topicId`. */
export class CreateTopic extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly topic: { readonly name: string; readonly colour: string },
  ) {
    super();
  }
}

/** What is not named stays as it is. */
export class ChangeTopic extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly change: {
      readonly topicId: string;
      readonly name?: string | undefined;
      readonly colour?: string | undefined;
      readonly archived?: boolean | undefined;
    },
  ) {
    super();
  }
}

@CommandHandler(CreateTopic)
export class CreateTopicHandler implements ICommandHandler<CreateTopic> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
  ) {}

  execute({ origin: { header, options }, topic }: CreateTopic): Promise<Result> {
    const topicId = this.ids.derivedUuid('topic', header.commandId);
    const command = { ...header, type: 'CreateTopic', topicId, ...topic } as const;
    return this.runner.run(topicsDecider, topicsStream, command, options);
  }
}

@CommandHandler(ChangeTopic)
export class ChangeTopicHandler implements ICommandHandler<ChangeTopic> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, change: { topicId, name, colour, archived } }: ChangeTopic): Promise<Result> {
    const command = { ...header, type: 'ChangeTopic', topicId, name, colour, archived } as const;
    return this.runner.run(topicsDecider, topicsStream, command, options);
  }
}

export const topicsHandlers = [CreateTopicHandler, ChangeTopicHandler];
