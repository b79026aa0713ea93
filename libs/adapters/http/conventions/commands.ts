import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Command } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Port } from '#event-sourcing';
import type { LiveViews, Position, Refusal } from '#event-sourcing';
import { HttpPort } from '../http-ports.js';
import type { Metrics } from '../operations/metrics.js';
import { problemOfRefusal } from '../problems/problem-of-refusal.js';
import type { ProblemCode } from '../problems/problem-types.js';
import { etagOf } from './etag.js';
import type { LedgerPositions } from './ledger-position.js';

interface Refused {
  readonly accepted: false;
  readonly refusal: Refusal<ProblemCode>;
}

interface Settled {
  readonly position: Position;
  /** Of the stream that the address shows; none where it is another one. */
  readonly revision?: number;
}

/** What a command that makes nothing new is answered with. */
export interface PositionAnswer {
  readonly position: string;
}

/** The way of every command from HTTP to its handler, and of the answer back. */
@Injectable()
export class Commands {
  constructor(
    private readonly bus: CommandBus,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(HttpPort.Metrics) private readonly metrics: Metrics,
    @Inject(HttpPort.Positions) private readonly positions: LedgerPositions,
  ) {}

  /** Resolves with what was accepted. Throws what a rule refused as its problem. */
  async run<R extends object>(command: Command<R>): Promise<Exclude<R, Refused>> {
    const name = command.constructor.name;
    let result: R;
    try {
      result = await this.bus.execute(command);
    } catch (fault) {
      this.metrics.commandDone(name, 'failed');
      throw fault;
    }
    if (isRefused(result)) {
      this.metrics.commandDone(name, 'refused');
      throw problemOfRefusal(result.refusal);
    }
    this.metrics.commandDone(name, 'repeated' in result && result.repeated === true ? 'repeated' : 'accepted');
    return result as Exclude<R, Refused>;
  }

  /** Runs a command that makes nothing new, and answers where it is settled. */
  async answer<R extends Settled | Refused>(reply: FastifyReply, command: Command<R>): Promise<PositionAnswer> {
    const accepted: Settled = await this.run<R>(command);
    return { position: this.settled(reply, accepted) };
  }

  /** Puts position and revision into the headers; answers the position as it stands in the body. */
  settled(reply: FastifyReply, { position, revision }: Settled): string {
    const text = this.positions.format(position);
    reply.header('ledger-position', text);
    if (revision !== undefined && revision >= 0) reply.header('etag', etagOf(revision));
    return text;
  }

  /**
   * For changes of the configuration: answers only when this process goes by it, so that whoever connects a channel
   * can send to it at once.
   */
  async configured(reply: FastifyReply, settled: Settled): Promise<string> {
    await this.views.waitFor(settled.position);
    return this.settled(reply, settled);
  }
}

function isRefused(result: object): result is Refused {
  return 'accepted' in result && result.accepted === false;
}
