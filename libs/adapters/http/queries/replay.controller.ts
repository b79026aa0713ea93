import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { categoryOf, Overloaded, Port } from '#event-sourcing';
import type { Clock, EventCatalogue, EventStore, Position } from '#event-sourcing';
import { lineOf, replay } from '#history/replay';
import type { ReplayFilter, ReplayPart } from '#history/replay';
import { Accesses } from '../conventions/accesses.js';
import type { LedgerPositions } from '../conventions/ledger-position.js';
import { Moments } from '../conventions/moments.js';
import { HttpPort } from '../http-ports.js';
import { Problem } from '../problems/problem.js';
import { ReplayQuery } from './replay.dto.js';

/** Each one that follows keeps a subscription of this process's; whoever comes later shall come back. */
const atOnce = 8;

/** HIS-3: the log as lines of JSON. */
@ApiTags('history')
@Controller('v1/events')
export class ReplayController implements OnModuleDestroy {
  private readonly running = new Set<AbortController>();

  constructor(
    private readonly moments: Moments,
    private readonly accesses: Accesses,
    @Inject(Port.EventStore) private readonly store: EventStore,
    @Inject(Port.Clock) private readonly clock: Clock,
    @Inject(HttpPort.Catalogue) private readonly catalogue: EventCatalogue,
    @Inject(HttpPort.Positions) private readonly positions: LedgerPositions,
  ) {}

  /**
   * One event a line, each with its position; `{"heartbeat": true, "position"}` where there is nothing to tell for a
   * while.
   */
  @Get()
  @ApiProduces('application/x-ndjson')
  async events(@Query() query: ReplayQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const filter = this.filterOf(query);
    const reveal = query.reveal === 'true';
    if (this.running.size >= atOnce) throw new Overloaded('replays');
    const stop = new AbortController();
    this.running.add(stop);
    // Also of one that never begins, because a store does not answer.
    reply.raw.once('close', () => {
      stop.abort();
      this.running.delete(stop);
    });
    reply.header('ledger-position', this.positions.format(await this.endOfLog()));
    if (reveal)
      this.accesses.revealed(request, {
        what: 'replay',
        stream: filter.stream,
        types: [...(filter.types ?? [])],
        reason: query.reason,
      });
    const { store, clock, catalogue } = this;
    const parts = replay({ store, clock, catalogue }, filter, stop.signal);
    await reply.type('application/x-ndjson').send(Readable.from(this.text(parts, reveal), { objectMode: false }));
  }

  /** Those who follow would keep the server from closing. */
  onModuleDestroy(): void {
    for (const stop of this.running) stop.abort();
  }

  /** Asked before the answer begins: a store that is away is a problem document, not half an answer. */
  private async endOfLog(): Promise<Position> {
    for await (const { position } of this.store.readAll({ direction: 'backwards', limit: 1 })) return position;
    return 0;
  }

  private async *text(parts: AsyncIterable<ReplayPart>, reveal: boolean): AsyncGenerator<string> {
    for await (const { events, reached } of parts) {
      const lines = events.map((event) => ({
        position: this.positions.format(event.position),
        ...lineOf(this.catalogue, event, reveal),
      }));
      const said = lines.length > 0 ? lines : [{ heartbeat: true, position: this.positions.format(reached) }];
      yield said.map((line) => `${JSON.stringify(line)}\n`).join('');
    }
  }

  private filterOf({ types, stream, from, to, direction = 'forwards', follow, limit }: ReplayQuery): ReplayFilter {
    const wanted = types?.split(',');
    const unknown = wanted?.find((type) => !this.catalogue.definitions.has(type));
    if (unknown !== undefined) throw misfit('?types', 'has to name event types of docs/events.md');
    if (stream !== undefined && categoryOf(stream, this.catalogue.categories) === undefined) {
      throw misfit('?stream', 'has to name a stream of the product');
    }
    if (follow === 'true' && direction === 'backwards') throw misfit('?follow', 'goes forwards only');
    return {
      ...(wanted && { types: new Set(wanted) }),
      ...(stream !== undefined && { stream }),
      ...(from !== undefined && { from: this.moments.parse(from, '?from') }),
      ...(to !== undefined && { to: this.moments.parse(to, '?to') }),
      direction,
      follow: follow === 'true',
      limit: limit === undefined ? Infinity : Number(limit),
    };
  }
}

function misfit(pointer: string, detail: string): Problem {
  return new Problem('validation', { errors: [{ pointer, detail }] });
}
