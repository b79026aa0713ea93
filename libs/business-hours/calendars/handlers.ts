import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory } from '#access/user';
import { channelDirectory } from '#channels/channel';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import type { AddCalendar as Add, ChangeCalendar as Change, ChooseCalendar as Choose } from './commands.js';
import { businessHoursDecider } from './decide.js';
import { businessHoursStream } from './events.js';
import type { BusinessHoursEvent } from './events.js';
import type { BusinessHoursRefusal } from './refusals.js';

type Result = CommandResult<BusinessHoursEvent, BusinessHoursRefusal>;

/** The answer's first event holds the new `calendarId`. */
export class AddCalendar extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly calendar: Pick<Add, 'name' | 'zone' | 'hours' | 'holidays' | 'byDefault'>,
  ) {
    super();
  }
}

/** What is `undefined` stays as it is. */
export class ChangeCalendar extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly change: Pick<Change, 'calendarId' | 'name' | 'zone' | 'hours' | 'holidays' | 'byDefault'>,
  ) {
    super();
  }
}

export class ArchiveCalendar extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly calendarId: string,
  ) {
    super();
  }
}

/** By which calendar a channel or a team goes; `null`: none of their own. */
export class ChooseCalendar extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly choice: Pick<Choose, 'of' | 'calendarId'>,
  ) {
    super();
  }
}

@CommandHandler(AddCalendar)
export class AddCalendarHandler implements ICommandHandler<AddCalendar> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
  ) {}

  execute({ origin: { header, options }, calendar }: AddCalendar): Promise<Result> {
    const calendarId = this.ids.derivedUuid('business-calendar', header.commandId);
    const command = { ...header, type: 'AddCalendar', calendarId, ...calendar } as const;
    return this.runner.run(businessHoursDecider, businessHoursStream, command, options);
  }
}

@CommandHandler(ChangeCalendar)
export class ChangeCalendarHandler implements ICommandHandler<ChangeCalendar> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, change }: ChangeCalendar): Promise<Result> {
    const command = { ...header, type: 'ChangeCalendar', ...change } as const;
    return this.runner.run(businessHoursDecider, businessHoursStream, command, options);
  }
}

@CommandHandler(ArchiveCalendar)
export class ArchiveCalendarHandler implements ICommandHandler<ArchiveCalendar> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, calendarId }: ArchiveCalendar): Promise<Result> {
    const command = { ...header, type: 'ArchiveCalendar', calendarId } as const;
    return this.runner.run(businessHoursDecider, businessHoursStream, command, options);
  }
}

@CommandHandler(ChooseCalendar)
export class ChooseCalendarHandler implements ICommandHandler<ChooseCalendar> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, choice: { of, calendarId } }: ChooseCalendar): Promise<Result> {
    const known =
      'channelId' in of
        ? this.views.read(channelDirectory).has(of.channelId)
        : this.views.read(accessDirectory).teams.get(of.teamId)?.archived === false;
    const command = { ...header, type: 'ChooseCalendar', of, known, calendarId } as const;
    return this.runner.run(businessHoursDecider, businessHoursStream, command, options);
  }
}

export const businessHoursHandlers = [
  AddCalendarHandler,
  ChangeCalendarHandler,
  ArchiveCalendarHandler,
  ChooseCalendarHandler,
];
