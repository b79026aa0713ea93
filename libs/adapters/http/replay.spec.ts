import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

type Line = Readonly<Record<string, unknown>>;

let api: TestApi;
let admin: string;
let auditor: string;
let contactId: string;

beforeAll(async () => {
  api = await startTestApi();
  [admin, auditor] = await Promise.all([token('admin'), token('auditor')]);
  const made = await api.call('POST /v1/contacts', { token: admin, json: { name: 'Amina Okafor' } });
  contactId = made.body['contactId'] as string;
});
afterAll(async () => {
  await api.close();
});

const linesIn = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

async function lines(query: string): Promise<Line[]> {
  const { status, headers, body } = await api.call(`GET /v1/events?${query}`, { token: auditor });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/x-ndjson');
  return linesIn(body['text'] as string);
}

describe('GET /v1/events', () => {
  it('HIS-3: gives the events of a stream a line each, without what is personal', async () => {
    const [created, renamed] = await lines(`stream=contact-${contactId}`);
    expect(created).toMatchObject({ type: 'ContactCreated', stream: `contact-${contactId}`, revision: 0, version: 1 });
    expect(renamed).toMatchObject({ type: 'ContactRenamed', data: { contactId, name: '[personal]' } });
  });

  it('HIS-3: goes on after the position of any line, in both directions', async () => {
    const all = await lines('');
    expect(all.length).toBeGreaterThan(3);
    const [first] = all;
    expect(await lines(`from=${first?.['position'] as string}`)).toStrictEqual(all.slice(1));
    expect(await lines('direction=backwards&limit=2')).toStrictEqual(all.toReversed().slice(0, 2));
  });

  it('HIS-3: filters by types, and by time', async () => {
    const types = (await lines('types=ContactCreated,UserRegistered')).map(({ type }) => type);
    expect(new Set(types)).toStrictEqual(new Set(['ContactCreated', 'UserRegistered']));
    expect(await lines('from=2026-03-03T00:00:00Z')).toStrictEqual([]);
    expect(await lines('to=2026-03-03T00:00:00Z')).toStrictEqual(await lines(''));
  });

  it.each([
    ['types=Nothing', '?types'],
    ['stream=$all', '?stream'],
    ['from=then', '?from'],
    ['to=then', '?to'],
    ['follow=true&direction=backwards', '?follow'],
    ['limit=0', '?limit'],
    ['direction=up', '?direction'],
  ])('refuses %s', async (query, pointer) => {
    const { status, body } = await api.call(`GET /v1/events?${query}`, { token: admin });
    expect({ status, errors: body['errors'] }).toStrictEqual({
      status: 400,
      errors: [{ pointer, detail: expect.any(String) }],
    });
  });
});

/** Reads lines of an answer that does not end. */
async function* following(query: string, signal: AbortSignal): AsyncGenerator<Line> {
  const headers = { authorization: `Bearer ${admin}` };
  const response = await fetch(`${api.url}/v1/events?follow=true&${query}`, { headers, signal });
  expect(response.status).toBe(200);
  if (!response.body) throw new Error('an answer without a body');
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const [ended, begun] = [(rest + chunk).lastIndexOf('\n') + 1, rest + chunk];
    rest = begun.slice(ended);
    yield* linesIn(begun.slice(0, ended));
  }
}

describe('GET /v1/events?follow=true', () => {
  it('HIS-3: tells at once that there is nothing more for now, and then what happens', async () => {
    const hangUp = new AbortController();
    const told = following(`stream=contact-${contactId}&types=VipMarked`, hangUp.signal);
    expect((await told.next()).value).toStrictEqual({ heartbeat: true, position: expect.any(String) });
    await api.call(`PUT /v1/contacts/${contactId}/vip`, { token: admin });
    expect((await told.next()).value).toMatchObject({ type: 'VipMarked', actor: { id: 'admin', role: 'admin' } });
    hangUp.abort();
    await expect(told.next()).rejects.toThrow('aborted');
  });

  it('serves eight at once, and the next when one hangs up', async () => {
    const hangUps = Array.from({ length: 8 }, () => new AbortController());
    await Promise.all(hangUps.map(async ({ signal }) => following('', signal).next()));
    const ninth = await api.call('GET /v1/events?follow=true', { token: admin });
    expect(ninth).toMatchObject({ status: 503, body: { type: '/problems/overloaded' } });
    expect(ninth.headers.get('retry-after')).toBe('1');
    for (const hangUp of hangUps) hangUp.abort();
    let answer = ninth;
    while (answer.status === 503) answer = await api.call('GET /v1/events', { token: admin });
    expect(answer.status).toBe(200);
  });

  it('does not keep the server from closing', async () => {
    const other = await startTestApi();
    const response = await fetch(`${other.url}/v1/events?follow=true`, {
      headers: { authorization: `Bearer ${admin}` },
    });
    await other.close();
    expect(await response.text()).toContain('"heartbeat":true');
  });
});
