import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { channelDirectory } from '#channels/channel';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import { accessDirectory } from '../user/directory.js';
import { teamDecider } from './decide.js';
import { teamStream } from './events.js';
import type { TeamEvent } from './events.js';
import type { TeamRefusal } from './refusals.js';

type Result = CommandResult<TeamEvent, TeamRefusal>;

/** The answer's first event holds the new `teamId`. */
export class CreateTeam extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly name: string,
  ) {
    super();
  }
}

export class RenameTeam extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly team: { readonly teamId: string; readonly name: string },
  ) {
    super();
  }
}

export class ArchiveTeam extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly teamId: string,
  ) {
    super();
  }
}

/** Makes exactly these users its members. */
export class ReplaceTeamMembers extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly team: { readonly teamId: string; readonly userIds: readonly string[] },
  ) {
    super();
  }
}

/** Gives its members access to exactly these channels. */
export class ReplaceTeamChannels extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly team: { readonly teamId: string; readonly channelIds: readonly string[] },
  ) {
    super();
  }
}

@CommandHandler(CreateTeam)
export class CreateTeamHandler implements ICommandHandler<CreateTeam> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
  ) {}

  execute({ origin: { header, options }, name }: CreateTeam): Promise<Result> {
    const teamId = this.ids.derivedUuid('team', header.commandId);
    return this.runner.run(teamDecider, teamStream(teamId), { ...header, type: 'CreateTeam', teamId, name }, options);
  }
}

@CommandHandler(RenameTeam)
export class RenameTeamHandler implements ICommandHandler<RenameTeam> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, team: { teamId, name } }: RenameTeam): Promise<Result> {
    return this.runner.run(teamDecider, teamStream(teamId), { ...header, type: 'RenameTeam', name }, options);
  }
}

@CommandHandler(ArchiveTeam)
export class ArchiveTeamHandler implements ICommandHandler<ArchiveTeam> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, teamId }: ArchiveTeam): Promise<Result> {
    return this.runner.run(teamDecider, teamStream(teamId), { ...header, type: 'ArchiveTeam' }, options);
  }
}

@CommandHandler(ReplaceTeamMembers)
export class ReplaceTeamMembersHandler implements ICommandHandler<ReplaceTeamMembers> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, team: { teamId, userIds } }: ReplaceTeamMembers): Promise<Result> {
    const knownUsers = new Set(this.views.read(accessDirectory).users.keys());
    const command = { ...header, type: 'ReplaceTeamMembers', userIds, knownUsers } as const;
    return this.runner.run(teamDecider, teamStream(teamId), command, options);
  }
}

@CommandHandler(ReplaceTeamChannels)
export class ReplaceTeamChannelsHandler implements ICommandHandler<ReplaceTeamChannels> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, team: { teamId, channelIds } }: ReplaceTeamChannels): Promise<Result> {
    const knownChannels = new Set(this.views.read(channelDirectory).keys());
    const command = { ...header, type: 'ReplaceTeamChannels', channelIds, knownChannels } as const;
    return this.runner.run(teamDecider, teamStream(teamId), command, options);
  }
}

export const teamHandlers = [
  CreateTeamHandler,
  RenameTeamHandler,
  ArchiveTeamHandler,
  ReplaceTeamMembersHandler,
  ReplaceTeamChannelsHandler,
];
