import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { formatCursor, parseCursor } from './cursor.js';
import { etagOf, ifMatch } from './etag.js';
import { createLedgerPositions } from './ledger-position.js';

const withHeaders = (headers: Record<string, string>): FastifyRequest => ({ headers }) as unknown as FastifyRequest;
const refused = (code: string): unknown => expect.objectContaining({ code });

describe('Ledger-Position', () => {
  const positions = createLedgerPositions('store-1');

  it.each([0, 1, 2 ** 53 - 1])('comes back as the position it was made from: %d', (position) => {
    expect(positions.parse(positions.format(position), 'Ledger-Position')).toBe(position);
  });

  it('of another store is gone, not waited for', () => {
    const foreign = createLedgerPositions('store-2').format(7);
    expect(() => positions.parse(foreign, 'Ledger-Position')).toThrow(refused('position-unknown'));
  });

  it.each([
    '',
    '12',
    'é',
    Buffer.from('-1.store-1').toString('base64url'),
    Buffer.from('1e9.store-1').toString('base64url'),
    Buffer.from('9999999999999999.store-1').toString('base64url'),
  ])('that we never gave out is refused: %j', (text) => {
    expect(() => positions.parse(text, 'Ledger-Position')).toThrow(refused('validation'));
  });
});

describe('If-Match', () => {
  it('names the revision of an ETag', () => {
    expect(ifMatch(withHeaders({ 'if-match': etagOf(12) }))).toBe(12);
  });

  it.each([{}, { 'if-match': '*' }])('asks for none: %j', (headers) => {
    expect(ifMatch(withHeaders(headers))).toBeUndefined();
  });

  it.each(['12', 'W/"12"', '"1", "2"', '"x"', ''])('is refused when it is no ETag of ours: %j', (header) => {
    expect(() => ifMatch(withHeaders({ 'if-match': header }))).toThrow(refused('validation'));
  });
});

describe('a cursor', () => {
  const after = [10, '2026-03-02T09:00:00.000Z', null, 'c.1'];

  it('comes back as the values it was made from', () => {
    expect(parseCursor('queue.1', formatCursor('queue.1', after), 4)).toEqual(after);
  });

  it('of another list, or of the list before it was rebuilt in another shape, is gone', () => {
    expect(() => parseCursor('queue.2', formatCursor('queue.1', after), 4)).toThrow(refused('cursor-outdated'));
  });

  it.each([
    '',
    '!',
    'e30',
    Buffer.from('["queue.1",{"$ne":null}]').toString('base64url'),
    Buffer.from('["queue.1"]').toString('base64url'),
  ])('that we never gave out is refused: %j', (text) => {
    expect(() => parseCursor('queue.1', text, 1)).toThrow(refused('validation'));
  });
});
