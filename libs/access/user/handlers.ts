import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { channelDirectory } from '#channels/channel';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import { userDecider } from './decide.js';
import { userStream } from './events.js';
import type { UserEvent, UserRole } from './events.js';
import type { UserRefusal } from './refusals.js';

type Result = CommandResult<UserEvent, UserRefusal>;

/** Makes the holder of a token known; known already, takes over name and role when they changed. */
export class RegisterUser extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly user: { readonly userId: string; readonly name: string; readonly role: UserRole },
  ) {
    super();
  }
}

/** Makes somebody known before they come with a token for the first time. */
export class CreateUser extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly user: { readonly userId?: string | undefined; readonly name: string; readonly role: UserRole },
  ) {
    super();
  }
}

/** Renames, deactivates, reactivates: what is named. */
export class ChangeUser extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly user: {
      readonly userId: string;
      readonly name?: string | undefined;
      readonly active?: boolean | undefined;
    },
  ) {
    super();
  }
}

export class GrantChannelAccess extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly access: { readonly userId: string; readonly channelId: string },
  ) {
    super();
  }
}

export class RevokeChannelAccess extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly access: { readonly userId: string; readonly channelId: string },
  ) {
    super();
  }
}

/** Gives access to exactly these channels. */
export class ReplaceChannelAccess extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly access: { readonly userId: string; readonly channelIds: readonly string[] },
  ) {
    super();
  }
}

/** Gives access to every channel, also to those connected later. */
export class GrantAllChannelAccess extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly access: { readonly userId: string },
  ) {
    super();
  }
}

@CommandHandler(RegisterUser)
export class RegisterUserHandler implements ICommandHandler<RegisterUser> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin, user }: RegisterUser): Promise<Result> {
    const command = { ...origin.header, type: 'RegisterUser', ...user } as const;
    return this.runner.run(userDecider, userStream(user.userId), command, origin.options);
  }
}

@CommandHandler(CreateUser)
export class CreateUserHandler implements ICommandHandler<CreateUser> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
  ) {}

  execute({ origin: { header, options }, user: { name, role, ...given } }: CreateUser): Promise<Result> {
    const userId = given.userId ?? this.ids.derivedUuid('user', header.commandId);
    const command = { ...header, type: 'CreateUser', userId, name, role } as const;
    return this.runner.run(userDecider, userStream(userId), command, options);
  }
}

@CommandHandler(ChangeUser)
export class ChangeUserHandler implements ICommandHandler<ChangeUser> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, user: { userId, name, active } }: ChangeUser): Promise<Result> {
    const command = { ...header, type: 'ChangeUser', name, active } as const;
    return this.runner.run(userDecider, userStream(userId), command, options);
  }
}

@CommandHandler(GrantChannelAccess)
export class GrantChannelAccessHandler implements ICommandHandler<GrantChannelAccess> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin, access }: GrantChannelAccess): Promise<Result> {
    const knownChannels = new Set(this.views.read(channelDirectory).keys());
    const command = { ...origin.header, type: 'GrantChannelAccess', ...access, knownChannels } as const;
    return this.runner.run(userDecider, userStream(access.userId), command, origin.options);
  }
}

@CommandHandler(RevokeChannelAccess)
export class RevokeChannelAccessHandler implements ICommandHandler<RevokeChannelAccess> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin, access }: RevokeChannelAccess): Promise<Result> {
    const command = { ...origin.header, type: 'RevokeChannelAccess', ...access } as const;
    return this.runner.run(userDecider, userStream(access.userId), command, origin.options);
  }
}

@CommandHandler(ReplaceChannelAccess)
export class ReplaceChannelAccessHandler implements ICommandHandler<ReplaceChannelAccess> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin, access }: ReplaceChannelAccess): Promise<Result> {
    const knownChannels = new Set(this.views.read(channelDirectory).keys());
    const command = { ...origin.header, type: 'ReplaceChannelAccess', ...access, knownChannels } as const;
    return this.runner.run(userDecider, userStream(access.userId), command, origin.options);
  }
}

@CommandHandler(GrantAllChannelAccess)
export class GrantAllChannelAccessHandler implements ICommandHandler<GrantAllChannelAccess> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin, access }: GrantAllChannelAccess): Promise<Result> {
    const command = { ...origin.header, type: 'GrantAllChannelAccess', ...access } as const;
    return this.runner.run(userDecider, userStream(access.userId), command, origin.options);
  }
}

export const userHandlers = [
  RegisterUserHandler,
  CreateUserHandler,
  ChangeUserHandler,
  GrantChannelAccessHandler,
  RevokeChannelAccessHandler,
  ReplaceChannelAccessHandler,
  GrantAllChannelAccessHandler,
];
