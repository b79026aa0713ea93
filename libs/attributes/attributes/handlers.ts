import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandHeader, CommandResult, CommandRunner, Origin } from '#event-sourcing';
import type {
  AttributesCommand,
  ChangeAttribute as Change,
  DefineAttribute as Define,
  GivenOption,
} from './commands.js';
import { attributesDecider } from './decide.js';
import { attributesStream } from './events.js';
import type { AttributesEvent } from './events.js';
import type { AttributesRefusal } from './refusals.js';

type Result = CommandResult<AttributesEvent, AttributesRefusal>;

type Content<C extends AttributesCommand> = Omit<C, keyof CommandHeader | 'type'>;

/** Makes a custom attribute, last in the order. */
export class DefineAttribute extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly attribute: Content<Define>,
  ) {
    super();
  }
}

/** Changes what is given; leaves the rest. `name` is an alias, or `medium.alias` for a platform attribute. */
export class ChangeAttribute extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly attribute: Content<Change>,
  ) {
    super();
  }
}

/** Puts the named ones first, in this order. */
export class ReorderAttributes extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly names: readonly string[],
  ) {
    super();
  }
}

/** Adds an option to a dropdown, or takes a retired one back. */
export class AddAttributeOption extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly option: GivenOption & { readonly alias: string },
  ) {
    super();
  }
}

/** From now on nobody can choose the option; values that have it keep it. */
export class RetireAttributeOption extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly option: { readonly alias: string; readonly optionId: string },
  ) {
    super();
  }
}

@Injectable()
export class AttributesCommands {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  run({ options }: Origin, command: AttributesCommand): Promise<Result> {
    return this.runner.run(attributesDecider, attributesStream, command, options);
  }
}

@CommandHandler(DefineAttribute)
export class DefineAttributeHandler implements ICommandHandler<DefineAttribute> {
  constructor(@Inject(AttributesCommands) private readonly attributes: AttributesCommands) {}

  execute({ origin, attribute }: DefineAttribute): Promise<Result> {
    return this.attributes.run(origin, { ...origin.header, type: 'DefineAttribute', ...attribute });
  }
}

@CommandHandler(ChangeAttribute)
export class ChangeAttributeHandler implements ICommandHandler<ChangeAttribute> {
  constructor(@Inject(AttributesCommands) private readonly attributes: AttributesCommands) {}

  execute({ origin, attribute }: ChangeAttribute): Promise<Result> {
    return this.attributes.run(origin, { ...origin.header, type: 'ChangeAttribute', ...attribute });
  }
}

@CommandHandler(ReorderAttributes)
export class ReorderAttributesHandler implements ICommandHandler<ReorderAttributes> {
  constructor(@Inject(AttributesCommands) private readonly attributes: AttributesCommands) {}

  execute({ origin, names }: ReorderAttributes): Promise<Result> {
    return this.attributes.run(origin, { ...origin.header, type: 'ReorderAttributes', names });
  }
}

@CommandHandler(AddAttributeOption)
export class AddAttributeOptionHandler implements ICommandHandler<AddAttributeOption> {
  constructor(@Inject(AttributesCommands) private readonly attributes: AttributesCommands) {}

  execute({ origin, option }: AddAttributeOption): Promise<Result> {
    return this.attributes.run(origin, { ...origin.header, type: 'AddAttributeOption', ...option });
  }
}

@CommandHandler(RetireAttributeOption)
export class RetireAttributeOptionHandler implements ICommandHandler<RetireAttributeOption> {
  constructor(@Inject(AttributesCommands) private readonly attributes: AttributesCommands) {}

  execute({ origin, option }: RetireAttributeOption): Promise<Result> {
    return this.attributes.run(origin, { ...origin.header, type: 'RetireAttributeOption', ...option });
  }
}

export const attributesHandlers = [
  AttributesCommands,
  DefineAttributeHandler,
  ChangeAttributeHandler,
  ReorderAttributesHandler,
  AddAttributeOptionHandler,
  RetireAttributeOptionHandler,
];
