import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, Origin } from '#event-sourcing';
import { closingNotesDecider } from './decide.js';
import { closingNotesStream } from './events.js';
import type { ClosingNoteMode, ClosingNotesEvent } from './events.js';
import type { ClosingNotesRefusal } from './refusals.js';

type Result = CommandResult<ClosingNotesEvent, ClosingNotesRefusal>;

export class ChooseClosingNoteMode extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly mode: ClosingNoteMode,
  ) {
    super();
  }
}

/** The answer's first event holds the new `categoryId`. */
export class AddClosingCategory extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly category: { readonly name: string; readonly parentId?: string | undefined },
  ) {
    super();
  }
}

export class RenameClosingCategory extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly category: { readonly categoryId: string; readonly name: string },
  ) {
    super();
  }
}

/** `null`: automatic closes take none. */
export class ChooseAutomaticCategory extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly categoryId: string | null,
  ) {
    super();
  }
}

export class ArchiveClosingCategory extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly categoryId: string,
  ) {
    super();
  }
}

@CommandHandler(ChooseClosingNoteMode)
export class ChooseClosingNoteModeHandler implements ICommandHandler<ChooseClosingNoteMode> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, mode }: ChooseClosingNoteMode): Promise<Result> {
    const command = { ...header, type: 'ChooseMode', mode } as const;
    return this.runner.run(closingNotesDecider, closingNotesStream, command, options);
  }
}

@CommandHandler(AddClosingCategory)
export class AddClosingCategoryHandler implements ICommandHandler<AddClosingCategory> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
  ) {}

  execute({ origin: { header, options }, category: { name, parentId } }: AddClosingCategory): Promise<Result> {
    const categoryId = this.ids.derivedUuid('closing-category', header.commandId);
    const content = { categoryId, name, ...(parentId !== undefined && { parentId }) };
    const command = { ...header, type: 'AddCategory', ...content } as const;
    return this.runner.run(closingNotesDecider, closingNotesStream, command, options);
  }
}

@CommandHandler(RenameClosingCategory)
export class RenameClosingCategoryHandler implements ICommandHandler<RenameClosingCategory> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, category }: RenameClosingCategory): Promise<Result> {
    const command = { ...header, type: 'RenameCategory', ...category } as const;
    return this.runner.run(closingNotesDecider, closingNotesStream, command, options);
  }
}

@CommandHandler(ChooseAutomaticCategory)
export class ChooseAutomaticCategoryHandler implements ICommandHandler<ChooseAutomaticCategory> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, categoryId }: ChooseAutomaticCategory): Promise<Result> {
    const command = { ...header, type: 'ChooseAutomaticCategory', categoryId } as const;
    return this.runner.run(closingNotesDecider, closingNotesStream, command, options);
  }
}

@CommandHandler(ArchiveClosingCategory)
export class ArchiveClosingCategoryHandler implements ICommandHandler<ArchiveClosingCategory> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, categoryId }: ArchiveClosingCategory): Promise<Result> {
    const command = { ...header, type: 'ArchiveCategory', categoryId } as const;
    return this.runner.run(closingNotesDecider, closingNotesStream, command, options);
  }
}

export const closingNotesHandlers = [
  ChooseClosingNoteModeHandler,
  AddClosingCategoryHandler,
  RenameClosingCategoryHandler,
  ArchiveClosingCategoryHandler,
  ChooseAutomaticCategoryHandler,
];
