import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, Origin, Secrets } from '#event-sourcing';
import type { SealedSecrets } from './commands.js';
import { channelDecider } from './decide.js';
import { channelSecrets, channelStream } from './events.js';
import type { ChannelEvent, ChannelSecretName } from './events.js';
import { defaultIdScope } from './media.js';
import type { Medium } from './media.js';
import type { ChannelRefusal } from './refusals.js';

type Result = CommandResult<ChannelEvent, ChannelRefusal>;

/** What an admin sets on a channel; secrets in plain text, as they came. */
export type ChannelSettings = Readonly<Partial<Record<ChannelSecretName | 'idScope' | 'region', string>>>;

/** What is there already can also be taken away. */
export type ChangedSettings = Omit<ChannelSettings, 'region'> & {
  /** `null`: numbers without a country are of no region. */
  readonly region?: string | null;
  /** ISO 8601 duration after which idle conversations are closed; `null`: never. */
  readonly closeAfter?: string | null;
};

/** Connects an account on a medium. The answer's first event holds the new `channelId`. */
export class ConnectChannel extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly channel: { readonly medium: Medium; readonly name: string; readonly settings: ChannelSettings },
  ) {
    super();
  }
}

/** Changes what is given; leaves the rest. */
export class ChangeChannel extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly channel: {
      readonly channelId: string;
      readonly name?: string | undefined;
      readonly enabled?: boolean | undefined;
      readonly settings: ChangedSettings;
    },
  ) {
    super();
  }
}

@CommandHandler(ConnectChannel)
export class ConnectChannelHandler implements ICommandHandler<ConnectChannel> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
    @Inject(Port.Secrets) private readonly secrets: Secrets,
  ) {}

  execute({ origin, channel: { medium, name, settings } }: ConnectChannel): Promise<Result> {
    const channelId = this.ids.derivedUuid('channel', origin.header.commandId);
    const idScope = settings.idScope ?? defaultIdScope(medium, channelId);
    const region = settings.region === undefined ? {} : { region: settings.region };
    const content = { channelId, medium, name, idScope, ...region, secrets: sealed(this.secrets, settings) };
    const command = { ...origin.header, type: 'ConnectChannel', ...content } as const;
    return this.runner.run(channelDecider, channelStream(channelId), command, origin.options);
  }
}

@CommandHandler(ChangeChannel)
export class ChangeChannelHandler implements ICommandHandler<ChangeChannel> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Secrets) private readonly secrets: Secrets,
  ) {}

  execute({ origin, channel: { channelId, name, enabled, settings } }: ChangeChannel): Promise<Result> {
    const { idScope, closeAfter, region } = settings;
    const given = { ...(closeAfter !== undefined && { closeAfter }), ...(region !== undefined && { region }) };
    const content = { channelId, name, enabled, idScope, ...given, secrets: sealed(this.secrets, settings) };
    const command = { ...origin.header, type: 'ChangeChannel', ...content } as const;
    return this.runner.run(channelDecider, channelStream(channelId), command, origin.options);
  }
}

function sealed(secrets: Secrets, settings: Pick<ChannelSettings, ChannelSecretName>): SealedSecrets {
  return channelSecrets.flatMap((secret) => {
    const plain = settings[secret];
    return plain === undefined ? [] : [{ secret, sealed: secrets.seal(plain) }];
  });
}

export const channelHandlers = [ConnectChannelHandler, ChangeChannelHandler];
