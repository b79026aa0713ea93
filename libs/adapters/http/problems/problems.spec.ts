import { readFile, writeFile } from 'node:fs/promises';
import { BadRequestException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import {
  CommandIdReused,
  NewerWriter,
  Overloaded,
  PreconditionFailed,
  StoreUnavailable,
  StreamGone,
} from '#event-sourcing';
import { problemDocs } from './problem-docs.js';
import { problemOf } from './problem-of.js';
import { problemOfRefusal } from './problem-of-refusal.js';
import { problemTypes } from './problem-types.js';
import { Problem } from './problem.js';

describe('what is thrown', () => {
  it.each<[string, Error, number, object]>([
    ['a store that does not answer', new StoreUnavailable('event-store', 'secret host'), 503, { 'retry-after': '1' }],
    ['too much work', new Overloaded('secret'), 503, { 'retry-after': '1' }],
    ['an event of a newer version', new NewerWriter('secret', 'T', 2), 503, { 'retry-after': '5' }],
    ['another command under the same id', new CommandIdReused('secret'), 422, {}],
    ['a tombstone', new StreamGone('secret'), 410, {}],
    ['another revision', new PreconditionFailed('secret', 1, 7), 412, { etag: '"7"' }],
    ['a refusal of the framework', new BadRequestException('secret'), 400, {}],
    ['an error of a database', new Error('E11000 duplicate key { phone: "secret" }'), 500, {}],
  ])('is answered without a word of its own: %s', (_what, thrown, status, headers) => {
    const problem = problemOf(thrown);
    expect({ status: problem.status, headers: problem.headers }).toEqual({ status, headers });
    expect(JSON.stringify(problem.document('/v1/x'))).not.toContain('secret');
  });
});

describe('a problem document', () => {
  it('has what RFC 9457 asks for', () => {
    const errors = [{ pointer: '/text', detail: 'text must be a string' }];
    expect(new Problem('validation', { errors }).document('/v1/x')).toEqual({
      type: '/problems/validation',
      title: 'Validation',
      status: 400,
      detail: 'The request does not have the shape that this call takes; errors[] says where.',
      instance: '/v1/x',
      errors,
    });
  });

  it('carries the data of a refusal, which never stands for a member of the standard', () => {
    const refusal = { code: 'conversation-open', conversationId: 'c.1', status: 200, type: 'x' } as const;
    expect(problemOfRefusal(refusal).document('/v1/conversations')).toEqual({
      conversationId: 'c.1',
      type: '/problems/conversation-open',
      title: 'Conversation open',
      status: 409,
      detail: 'The contact has an open conversation; it is named.',
      instance: '/v1/conversations',
    });
  });

  it('has a status of an error', () => {
    const others = [...problemTypes].filter(([, { status }]) => !(status >= 400 && status < 600));
    expect(others).toEqual([]);
  });
});

describe('docs/problems.md', () => {
  it('is what the code says', async () => {
    const path = new URL('../../../../docs/problems.md', import.meta.url);
    const options = await resolveConfig(path);
    const made = await format(problemDocs(), { ...options, parser: 'markdown' });
    if (process.env['UPDATE_DOCS'] === '1') await writeFile(path, made);
    expect(await readFile(path, 'utf8')).toBe(made);
  });
});
