import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandHeader, CommandResult, CommandRunner, Origin } from '#event-sourcing';
import type { ConfirmBulkDeletion as Confirmation } from './commands.js';
import { bulkDeletionDecider } from './decide.js';
import { bulkDeletionStream } from './events.js';
import type { BulkDeletionEvent } from './events.js';
import type { BulkDeletionRefusal } from './refusals.js';

type Result = CommandResult<BulkDeletionEvent, BulkDeletionRefusal>;

/** Has all these contacts deleted, if they are those that the admin was shown. */
export class ConfirmBulkDeletion extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly deletion: Omit<Confirmation, keyof CommandHeader | 'type'>,
  ) {
    super();
  }
}

export class CancelBulkDeletion extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly jobId: string,
  ) {
    super();
  }
}

@CommandHandler(ConfirmBulkDeletion)
export class ConfirmBulkDeletionHandler implements ICommandHandler<ConfirmBulkDeletion> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, deletion }: ConfirmBulkDeletion): Promise<Result> {
    const command = { ...header, type: 'ConfirmBulkDeletion', ...deletion } as const;
    return this.runner.run(bulkDeletionDecider, bulkDeletionStream(deletion.jobId), command, options);
  }
}

@CommandHandler(CancelBulkDeletion)
export class CancelBulkDeletionHandler implements ICommandHandler<CancelBulkDeletion> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, jobId }: CancelBulkDeletion): Promise<Result> {
    const command = { ...header, type: 'CancelBulkDeletion', jobId } as const;
    return this.runner.run(bulkDeletionDecider, bulkDeletionStream(jobId), command, options);
  }
}

export const bulkDeletionHandlers = [ConfirmBulkDeletionHandler, CancelBulkDeletionHandler];
