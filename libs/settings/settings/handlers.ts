import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { attributeDirectory } from '#attributes/attributes';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, LiveViews, Origin } from '#event-sourcing';
import { settingsDecider } from './decide.js';
import { settingsStream } from './events.js';
import type { SettingsEvent } from './events.js';
import type { SettingsRefusal } from './refusals.js';
import type { SettingsChanges } from './state.js';

type Result = CommandResult<SettingsEvent, SettingsRefusal>;

/** Takes over what is named; what is not stays as it is. */
export class ChangeSettings extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly changes: SettingsChanges,
  ) {
    super();
  }
}

@CommandHandler(ChangeSettings)
export class ChangeSettingsHandler implements ICommandHandler<ChangeSettings> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, changes }: ChangeSettings): Promise<Result> {
    const catalogue = this.views.read(attributeDirectory);
    const command = { ...header, type: 'ChangeSettings', changes, catalogue } as const;
    return this.runner.run(settingsDecider, settingsStream, command, options);
  }
}

export const settingsHandlers = [ChangeSettingsHandler];
