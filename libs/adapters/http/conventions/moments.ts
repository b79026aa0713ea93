import { Inject, Injectable } from '@nestjs/common';
import type { Moment } from '#history/as-of';
import { HttpPort } from '../http-ports.js';
import { isInstant } from '../bodies/instant.js';
import { Problem } from '../problems/problem.js';
import type { LedgerPositions } from './ledger-position.js';

/** Reads points of the past from queries: a position, as answers carry it or as a plain number, or an RFC 3339 time. */
@Injectable()
export class Moments {
  constructor(@Inject(HttpPort.Positions) private readonly positions: LedgerPositions) {}

  /** Throws `validation` at `pointer`, and `position-unknown` for a position of another store. */
  parse(text: string, pointer: string): Moment {
    if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return { position: Number(text) };
    if (isInstant(text)) return { time: new Date(text).toISOString() };
    try {
      return { position: this.positions.parse(text, pointer) };
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'validation') throw problem;
      const detail = 'has to be a position (as an answer carried it, or a number) or an RFC 3339 time';
      throw new Problem('validation', { errors: [{ pointer, detail }] });
    }
  }
}
