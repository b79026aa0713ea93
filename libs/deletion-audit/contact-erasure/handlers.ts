import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { erasurePorts } from './ports.js';
import type { ErasurePorts } from './ports.js';
import { requestErasure } from './request.js';
import type { ErasureResult, WantedErasure } from './request.js';

/** Has a contact deleted; only admins may. */
export class RequestErasure extends Command<ErasureResult> {
  constructor(
    readonly origin: Origin,
    readonly erasure: WantedErasure,
  ) {
    super();
  }
}

@CommandHandler(RequestErasure)
export class RequestErasureHandler implements ICommandHandler<RequestErasure> {
  constructor(@Inject(erasurePorts) private readonly ports: ErasurePorts) {}

  execute({ origin, erasure }: RequestErasure): Promise<ErasureResult> {
    return requestErasure(this.ports, origin, erasure);
  }
}

export const erasureHandlers = [RequestErasureHandler];
