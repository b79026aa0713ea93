import { beforeEach, describe, expect, it } from '@jest/globals';
import { createInMemoryDocuments, createTestClock } from '#event-sourcing-testing';
import type { InMemoryDocuments, TestClock } from '#event-sourcing-testing';
import { rebuildPrefix } from './progress.js';
import { createRebuilds } from './rebuilds.js';
import type { Rebuilds } from './rebuilds.js';

let clock: TestClock;
let documents: InMemoryDocuments;
let rebuilds: Rebuilds;

beforeEach(() => {
  clock = createTestClock();
  documents = createInMemoryDocuments({ clock });
  rebuilds = createRebuilds({ documents, clock });
});

async function advanced(done: number, more: object = {}): Promise<void> {
  const name = `${rebuildPrefix}queue`;
  await documents.saveProgress(name, { ...(await documents.progress(name)), done, total: 100, ...more }, 0);
}

describe('the rebuilds', () => {
  it('HIS-4: say how far each is and how long it will take at its pace so far', async () => {
    const asked = { rebuildId: 'queue', models: ['queue'], state: 'running', done: 0, total: 0 };
    expect(await rebuilds.request('queue')).toStrictEqual(asked);
    await clock.advance(10_000);
    expect(await rebuilds.all()).toStrictEqual([asked]);
    await advanced(40);
    expect(await rebuilds.all()).toStrictEqual([{ ...asked, done: 40, total: 100, secondsLeft: 15 }]);
  });

  it('HIS-4: asked for again, go on', async () => {
    await rebuilds.request('queue');
    await advanced(40);
    expect(await rebuilds.request('queue')).toMatchObject({ state: 'running', done: 40 });
  });

  it('HIS-4: that failed say why, and begin anew when they are asked for again', async () => {
    await rebuilds.request('queue');
    await advanced(40, { failure: 'queue cannot take the event at 7' });
    expect(await rebuilds.all()).toMatchObject([{ state: 'failed', failure: 'queue cannot take the event at 7' }]);
    expect(await rebuilds.request('queue')).toMatchObject({ state: 'running', done: 0 });
  });
});
