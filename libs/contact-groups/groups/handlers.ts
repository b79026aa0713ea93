import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { attributeDirectory, vipEnabled } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import { dayOfInstant } from '../condition/index.js';
import type { DefineGroup as Define, GroupsCommand } from './commands.js';
import { groupsDecider } from './decide.js';
import { groupsStream } from './events.js';
import type { GroupsEvent } from './events.js';
import type { GroupsRefusal } from './refusals.js';

type Result = CommandResult<GroupsEvent, GroupsRefusal>;

/** The answer's first event holds the new `groupId`. */
export class DefineGroup extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly group: { readonly name: string; readonly condition: unknown },
  ) {
    super();
  }
}

/** Changes what is given; leaves the rest. */
export class ChangeGroup extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly group: { readonly groupId: string; readonly name: string | undefined; readonly condition: unknown },
  ) {
    super();
  }
}

export class ArchiveGroup extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly groupId: string,
  ) {
    super();
  }
}

/** What conditions are read with, and the way to the stream. */
@Injectable()
export class GroupCommands {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.Ids) readonly ids: Ids,
  ) {}

  terms({ header }: Origin): Pick<Define, 'terms' | 'circumstances'> {
    const catalogue = this.views.read(attributeDirectory);
    const channelIds = new Set(this.views.read(channelDirectory).keys());
    const circumstances = { day: dayOfInstant(header.at), vipEnabled: vipEnabled(catalogue) };
    return { terms: { catalogue, channelIds }, circumstances };
  }

  run({ options }: Origin, command: GroupsCommand): Promise<Result> {
    return this.runner.run(groupsDecider, groupsStream, command, options);
  }
}

@CommandHandler(DefineGroup)
export class DefineGroupHandler implements ICommandHandler<DefineGroup> {
  constructor(@Inject(GroupCommands) private readonly groups: GroupCommands) {}

  execute({ origin, group }: DefineGroup): Promise<Result> {
    const groupId = this.groups.ids.derivedUuid('group', origin.header.commandId);
    const content = { groupId, ...group, ...this.groups.terms(origin) };
    return this.groups.run(origin, { ...origin.header, type: 'DefineGroup', ...content });
  }
}

@CommandHandler(ChangeGroup)
export class ChangeGroupHandler implements ICommandHandler<ChangeGroup> {
  constructor(@Inject(GroupCommands) private readonly groups: GroupCommands) {}

  execute({ origin, group }: ChangeGroup): Promise<Result> {
    const content = { ...group, ...this.groups.terms(origin) };
    return this.groups.run(origin, { ...origin.header, type: 'ChangeGroup', ...content });
  }
}

@CommandHandler(ArchiveGroup)
export class ArchiveGroupHandler implements ICommandHandler<ArchiveGroup> {
  constructor(@Inject(GroupCommands) private readonly groups: GroupCommands) {}

  execute({ origin, groupId }: ArchiveGroup): Promise<Result> {
    return this.groups.run(origin, { ...origin.header, type: 'ArchiveGroup', groupId });
  }
}

export const groupsHandlers = [GroupCommands, DefineGroupHandler, ChangeGroupHandler, ArchiveGroupHandler];
