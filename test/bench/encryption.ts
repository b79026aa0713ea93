import { createHash } from 'node:crypto';
import { createKeyRing } from '#adapters/key-ring';
import { openKeyStore } from '#adapters/keystore';
import { connectEventStoreDB } from '#adapters/eventstoredb';
import { createIds, systemClock } from '#adapters/runtime';
import { contactStream } from '#contacts/contact';
import { createCommandRunner } from '#event-sourcing';
import type { Command, CommandRunner, Decider, DomainEvent, KeyRing, SubjectKey } from '#event-sourcing';
import { catalogue } from '#product';
import { alternate, load, median, type Report } from './measure.js';
import { install } from './programs.js';

const runs = 5;
const milliseconds = 3_000;
const atOnce = 64;

type Renamed = DomainEvent<'ContactRenamed', { readonly contactId: string; readonly name: string }>;
type Rename = Command<'Rename', { readonly contactId: string; readonly name: string }>;

/** One personal field in every event, as in a message; nothing else that could be felt beside the encryption. */
const rename: Decider<Rename, Renamed, number, never> = {
  initial: 0,
  evolve: (count) => count + 1,
  decide: ({ contactId, name }) => [{ type: 'ContactRenamed', data: { contactId, name } }],
};

/** Leaves the fields as they are: what the commands cost without encryption. */
const open: SubjectKey = {
  seal: (_place, plain) => plain,
  open: (_place, sealed) => sealed,
};
const withoutEncryption: Pick<KeyRing, 'toSeal' | 'toOpen'> = {
  toSeal: (subjects) => Promise.resolve(new Map([...subjects].map((subject) => [subject, open] as const))),
  toOpen: (subjects) => Promise.resolve(new Map([...subjects].map((subject) => [subject, open] as const))),
};

/** Row P11: the same commands into 64 streams, sealed under keys of the key store and not. */
export async function benchEncryption(report: Report): Promise<void> {
  const installation = await install();
  installation.worker.signal('SIGSTOP');
  const keyStore = await openKeyStore({ url: installation.keyStoreUrl, masterKeys: installation.masterKeys });
  const sealing = createKeyRing(keyStore);
  const ids = createIds(createHash('sha256').update('bench').digest());
  const stores: { close(): Promise<void> }[] = [];
  const runnerWith = (keys: KeyRing): CommandRunner => {
    const store = connectEventStoreDB({ url: installation.eventStoreUrl, catalogue, keys });
    stores.push(store);
    return createCommandRunner({ store, catalogue, ids, clock: systemClock });
  };
  const commands = (runner: CommandRunner, name: string) => () =>
    load(atOnce, milliseconds, async (i) => {
      const contactId = `${name}-${i % atOnce}`;
      const commandId = ids.next();
      const header = { commandId, commandHash: commandId, correlationId: commandId, causationId: commandId };
      const actor = { id: 'bench', role: 'service' } as const;
      const text = 'Hello, I have a question about my last order, it has not arrived yet.';
      const command = { ...header, actor, at: systemClock.now(), type: 'Rename', contactId, name: text } as const;
      await runner.run(rename, contactStream(contactId), command);
    });
  try {
    const { without, sealed } = await alternate(runs, {
      without: commands(runnerWith({ ...sealing, ...withoutEncryption }), 'plain'),
      sealed: commands(runnerWith(sealing), 'sealed'),
    });
    const [plain, encrypted] = [without, sealed].map((all) => median(all.map(({ perSecond }) => perSecond)));
    report({
      name: 'P11 commands with encryption, of those without (≥ 0.85)',
      ratio: (encrypted ?? 0) / (plain ?? 1),
      detail: `${Math.round(encrypted ?? 0)}/s against ${Math.round(plain ?? 0)}/s, ${atOnce} at once`,
    });
  } finally {
    for (const store of stores) await store.close();
    sealing.close();
    await keyStore.close();
    installation.worker.signal('SIGCONT');
    await installation.stop();
  }
}
