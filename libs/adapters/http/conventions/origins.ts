import { Inject, Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { FastifyRequest } from 'fastify';
import { Port } from '#event-sourcing';
import type { Actor, Clock, Ids, Origin } from '#event-sourcing';
import { callerOf } from '../auth/authenticate.js';
import type { Caller } from '../auth/caller.js';
import { Problem } from '../problems/problem.js';
import { pathOf } from '../problems/send-problem.js';
import { ifMatch } from './etag.js';

/** Stamps what a command carries besides its content: its id, who sends it, when, and on which condition. */
@Injectable()
export class Origins {
  constructor(
    @Inject(Port.Ids) private readonly ids: Ids,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  /** For a command of the caller. With an `Idempotency-Key` its id is the same each time, else it is new. */
  of(request: FastifyRequest): Origin {
    const { subject, role } = callerOf(request);
    const target = [request.method, pathOf(request)] as const;
    const key = idempotencyKey(request);
    const commandId = key === undefined ? this.ids.next() : this.ids.derivedUuid('request', subject, key, ...target);
    const commandHash = this.ids.keyed('request-body', ...target, canonicalize(request.body) ?? '');
    return this.origin(
      request.id,
      commandId,
      commandHash,
      { id: subject, role },
      {
        keyed: key !== undefined,
        ifRevision: ifMatch(request),
      },
    );
  }

  /** For another stream that the same request changes: under one id, events of two streams would have the same ids. */
  step({ header, options: { keyed } }: Origin, name: string): Origin {
    const commandId = this.ids.derivedUuid('step', name, header.commandId);
    return { header: { ...header, commandId, causationId: header.commandId }, options: { keyed } };
  }

  /** For what the API does by itself because somebody came. */
  ofCaller({ subject, role }: Caller, requestId: string): Origin {
    const commandId = this.ids.next();
    return this.origin(requestId, commandId, this.ids.keyed('caller', commandId), { id: subject, role }, {});
  }

  /**
   * For what a contact sent: known by the channel's own message id, whoever delivers it how often and in whatever
   * wrapping: so its id is its hash, too.
   */
  ofContact(request: FastifyRequest, channelId: string, externalMessageId: string): Origin {
    const commandId = this.ids.derivedUuid('inbound', channelId, externalMessageId);
    return this.origin(request.id, commandId, commandId, { id: channelId, role: 'contact' }, {});
  }

  private origin(
    correlationId: string,
    commandId: string,
    commandHash: string,
    actor: Actor,
    options: Origin['options'],
  ): Origin {
    const header = {
      commandId,
      commandHash,
      correlationId,
      causationId: commandId,
      actor,
      at: this.clock.now(),
    };
    return { header, options };
  }
}

function idempotencyKey({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Problem('validation', {
      errors: [{ pointer: 'Idempotency-Key', detail: 'has to be 1 to 255 visible ASCII characters' }],
    });
  }
  return key;
}
