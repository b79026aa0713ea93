import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory, setPresence, showLife } from '#access/user';
import type { UserEvent, UserRefusal } from '#access/user';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Heartbeats, LiveViews, Origin } from '#event-sourcing';

type Result = CommandResult<UserEvent, UserRefusal>;

/** The sender says where they are (ASG-5). */
export class SetPresence extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly presence: 'online' | 'away' | 'offline',
  ) {
    super();
  }
}

/** The sender is there. An event only when they had been taken for offline: then they are back. */
export class Beat extends Command<{ readonly position: number }> {
  constructor(readonly origin: Origin) {
    super();
  }
}

@CommandHandler(SetPresence)
export class SetPresenceHandler implements ICommandHandler<SetPresence> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Heartbeats) private readonly heartbeats: Heartbeats,
  ) {}

  async execute({ origin, presence }: SetPresence): Promise<Result> {
    const userId = origin.header.actor.id;
    // Before the event: who has come online was heard of just now.
    await this.heartbeats.beat(userId);
    return setPresence(this.runner, origin, { userId, presence });
  }
}

@CommandHandler(Beat)
export class BeatHandler implements ICommandHandler<Beat> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Heartbeats) private readonly heartbeats: Heartbeats,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  async execute({ origin: { header } }: Beat): Promise<{ readonly position: number }> {
    const userId = header.actor.id;
    await this.heartbeats.beat(userId);
    const { presence } = this.views.read(accessDirectory).users.get(userId) ?? { presence: 'unseen' };
    if (presence === 'online' || presence === 'away' || presence === 'offline')
      return { position: this.views.position };
    const shown = await showLife(this.runner, header, userId);
    return { position: shown.accepted ? shown.position : this.views.position };
  }
}

export const presenceHandlers = [SetPresenceHandler, BeatHandler];
