import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandRunner, EventStore, Ids, KeyRing, Origin } from '#event-sourcing';
import type { RedactionTarget } from './commands.js';
import { redact } from './redact.js';
import type { RedactionResult } from './redact.js';

/** Makes a message, a note or what an attribute held unreadable for ever. */
export class RedactContent extends Command<RedactionResult> {
  constructor(
    readonly origin: Origin,
    readonly target: RedactionTarget,
  ) {
    super();
  }
}

@CommandHandler(RedactContent)
export class RedactContentHandler implements ICommandHandler<RedactContent> {
  constructor(
    @Inject(Port.EventStore) private readonly store: EventStore,
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
    @Inject(Port.KeyRing) private readonly keys: KeyRing,
  ) {}

  execute({ origin, target }: RedactContent): Promise<RedactionResult> {
    const { store, runner, ids, keys } = this;
    return redact({ store, runner, ids, keys }, origin, target);
  }
}

export const redactionHandlers = [RedactContentHandler];
