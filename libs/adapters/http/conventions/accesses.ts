import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { createAccessRecorder } from '#access-log/accesses';
import type { AccessRecorder, ContactReading } from '#access-log/accesses';
import { Port } from '#event-sourcing';
import type { Clock, EventStore, Ids, Secrets } from '#event-sourcing';
import { callerOf } from '../auth/authenticate.js';
import { HttpPort } from '../http-ports.js';
import { Problem } from '../problems/problem.js';

const longestReason = 500;

/** Takes down who reads personal data (HIS-8), with the reason that the header `Access-Reason` gives. */
@Injectable()
export class Accesses implements OnApplicationShutdown {
  private readonly recorder: AccessRecorder;

  constructor(
    @Inject(Port.EventStore) store: EventStore,
    @Inject(Port.Ids) ids: Ids,
    @Inject(Port.Clock) clock: Clock,
    @Inject(Port.Secrets) private readonly secrets: Secrets,
    @Inject(HttpPort.Logger) logger: Logger,
  ) {
    const stumbled = (fault: unknown): void => {
      logger.warn({ err: fault }, 'the access log cannot be written and is tried again');
    };
    this.recorder = createAccessRecorder({ store, ids, clock, stumbled });
  }

  contactRead(request: FastifyRequest, contactId: string, what: ContactReading): void {
    const reason = reasonIn(request);
    const data = { contactId, what, ...(reason !== undefined && { reason }) };
    this.recorder.record({ ...readerOf(request), event: { type: 'ContactRead', data } });
  }

  /** Throws `validation` when no reason is given, neither here nor in the header. */
  revealed(
    request: FastifyRequest,
    revealed: {
      readonly what: 'replay' | 'export';
      readonly stream: string | undefined;
      readonly types: readonly string[];
      readonly reason: string | undefined;
    },
  ): void {
    const reason = revealed.reason ?? reasonIn(request);
    if (reason === undefined) throw misfit('?reason', 'is needed to see personal data');
    const { what, stream, types } = revealed;
    const data = { what, ...(stream !== undefined && { stream }), types, reason: this.secrets.seal(reason) };
    this.recorder.record({ ...readerOf(request), event: { type: 'PersonalDataRevealed', data } });
  }

  /** After the last answer: what was read is taken down before the process ends. */
  async onApplicationShutdown(): Promise<void> {
    await this.recorder.close();
  }
}

function readerOf(request: FastifyRequest) {
  const { subject, role } = callerOf(request);
  return { actor: { id: subject, role }, requestId: request.id };
}

function reasonIn({ headers }: FastifyRequest): string | undefined {
  const reason = headers['access-reason'];
  if (reason === undefined) return undefined;
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > longestReason) {
    throw misfit('Access-Reason', `has to be a text of 1 to ${longestReason} characters`);
  }
  return reason;
}

function misfit(pointer: string, detail: string): Problem {
  return new Problem('validation', { errors: [{ pointer, detail }] });
}
