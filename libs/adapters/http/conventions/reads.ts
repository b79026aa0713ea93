import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Port } from '#event-sourcing';
import type { LiveViews, Position, ReadModels } from '#event-sourcing';
import { HttpPort } from '../http-ports.js';
import type { LedgerPositions } from './ledger-position.js';

// How long a query waits for the position that it was sent with (HIS-5).
const patienceMs = 5_000;

/** Read your writes: waits until a query sees the position it was sent with, and says which position it shows. */
@Injectable()
export class Reads {
  constructor(
    @Inject(Port.ReadModels) private readonly readModels: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(HttpPort.Positions) private readonly positions: LedgerPositions,
  ) {}

  /** Before reading the models. The position is taken first: what is read afterwards is at least as new. */
  async models(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const asked = this.asked(request);
    const shown =
      asked === undefined ? await this.readModels.position() : await this.readModels.waitFor(asked, patienceMs);
    this.show(reply, shown);
  }

  /** Before reading the configuration, which every process follows by itself. */
  async configuration(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const asked = this.asked(request);
    if (asked !== undefined) await this.views.waitFor(asked);
    this.show(reply, this.views.position);
  }

  private asked({ headers }: FastifyRequest): Position | undefined {
    const header = headers['ledger-position'];
    return header === undefined ? undefined : this.positions.parse(String(header), 'Ledger-Position');
  }

  private show(reply: FastifyReply, position: Position): void {
    reply.header('ledger-position', this.positions.format(position));
  }
}
