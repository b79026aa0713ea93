import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Port } from '#event-sourcing';
import type { AnyProjection, EventStore, ReadModels, RecordedEvent } from '#event-sourcing';
import { contactHistory, conversationHistory, modelsAsOf } from '#history/as-of';
import { OptionalText } from '../bodies/fields.js';
import { HttpPort } from '../http-ports.js';
import type { LedgerPositions } from './ledger-position.js';
import { Moments } from './moments.js';

/** Asks for something as it was (HIS-2). */
export class AsOfQuery {
  /** A position, as an answer carried it or as a number, or an RFC 3339 time. */
  @OptionalText(200) readonly asOf?: string;
}

/**
 * The read models as they were, made from the log. They hold what had been erased since: whoever asks must have found
 * the contact or conversation in the live models first.
 */
@Injectable()
export class Past {
  constructor(
    private readonly moments: Moments,
    @Inject(Port.EventStore) private readonly store: EventStore,
    @Inject(HttpPort.Projections) private readonly projections: readonly AnyProjection[],
    @Inject(HttpPort.Positions) private readonly positions: LedgerPositions,
  ) {}

  async ofContact(contactId: string, asOf: string, reply: FastifyReply): Promise<ReadModels> {
    return this.at(asOf, reply, () => contactHistory(this.store, contactId, { deliveries: false }));
  }

  async ofConversation(conversationId: string, asOf: string, reply: FastifyReply): Promise<ReadModels> {
    return this.at(asOf, reply, () => conversationHistory(this.store, conversationId, { deliveries: true }));
  }

  /** The answer says which position it shows, like that of any query. */
  private async at(
    asOf: string,
    reply: FastifyReply,
    history: () => Promise<readonly RecordedEvent[]>,
  ): Promise<ReadModels> {
    const moment = this.moments.parse(asOf, '?asOf');
    const { models, position } = modelsAsOf(this.projections, await history(), moment);
    reply.header('ledger-position', this.positions.format(position));
    return models;
  }
}
