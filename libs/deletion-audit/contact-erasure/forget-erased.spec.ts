import { expect, it } from '@jest/globals';
import { createCatalogue } from '#event-sourcing';
import type { CommandRunner } from '#event-sourcing';
import { createInMemoryEventStore, fixedClock, withFaults } from '#event-sourcing-testing';
import { entry } from '../audit/audit.fixtures.js';
import { auditEvents } from '../audit/index.js';
import { forgetErased } from './forget-erased.js';

it('DEL-2: a process forgets the contacts that the audit names, also after the store was away', async () => {
  const clock = fixedClock();
  const inMemory = createInMemoryEventStore({ catalogue: createCatalogue([auditEvents]), clock });
  const store = withFaults(inMemory, ({ number }) => (number === 0 ? 'error-before' : undefined));
  const stop = new AbortController();
  const forgotten: string[] = [];
  const { promise: done, resolve } = Promise.withResolvers<undefined>();
  const runner: Pick<CommandRunner, 'forget'> = {
    forget: (stream) => {
      forgotten.push(stream);
      resolve(undefined);
    },
  };
  const subscribed = new Promise((ready) => setTimeout(ready, 50));
  const following = forgetErased({ store, runner, clock: { ...clock, sleep: () => Promise.resolve() } }, stop.signal);
  await subscribed;
  const header = { commandId: 'c', commandHash: 'h', correlationId: 'c', causationId: 'c', at: clock.now() };
  const metadata = { ...header, actor: { id: 'w', role: 'workflow' }, schemaVersion: 1 } as const;
  const data = { ...entry('e1'), contactIds: ['primary', 'secondary'], previousHash: '0', hash: '1' };
  await inMemory.append('deleted-contacts', [{ id: 'e', type: 'ContactDeleted', data, metadata }], 'none');
  await done;
  stop.abort();
  await following;
  expect(forgotten).toEqual(['contact-primary', 'contact-secondary']);
});
