import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Origin } from '#event-sourcing';
import { attributesDecider } from './decide.js';
import { attributesStream } from './events.js';
import type { AttributeFormat, AttributesEvent } from './events.js';
import type { AttributesRefusal } from './refusals.js';
import type { AttributeOption } from './state.js';

type Result = CommandResult<AttributesEvent, AttributesRefusal>;

/** Makes a custom attribute, last in the order. */
export class DefineAttribute extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly attribute: {
      readonly alias: string;
      readonly label: string;
      readonly format: AttributeFormat;
      readonly repeatable: boolean;
      readonly options: readonly AttributeOption[];
    },
  ) {
    super();
  }
}

/** Changes what is given; leaves the rest. `name` is an alias, or `medium.alias` for a platform attribute. */
export class ChangeAttribute extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly attribute: {
      readonly name: string;
      readonly label: string | undefined;
      readonly enabled: boolean | undefined;
    },
  ) {
    super();
  }
}

@CommandHandler(DefineAttribute)
export class DefineAttributeHandler implements ICommandHandler<DefineAttribute> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin, attribute }: DefineAttribute): Promise<Result> {
    const command = { ...origin.header, type: 'DefineAttribute', ...attribute } as const;
    return this.runner.run(attributesDecider, attributesStream, command, origin.options);
  }
}

@CommandHandler(ChangeAttribute)
export class ChangeAttributeHandler implements ICommandHandler<ChangeAttribute> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin, attribute }: ChangeAttribute): Promise<Result> {
    const command = { ...origin.header, type: 'ChangeAttribute', ...attribute } as const;
    return this.runner.run(attributesDecider, attributesStream, command, origin.options);
  }
}

export const attributesHandlers = [DefineAttributeHandler, ChangeAttributeHandler];
