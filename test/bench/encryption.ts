import { createHash } from 'node:crypto';
import { createKeyRing } from '#adapters/key-ring';
import { openKeyStore } from '#adapters/keystore';
import { connectEventStoreDB } from '#adapters/eventstoredb';
import { createIds, systemClock } from '#adapters/runtime';
import { contactStream } from '#contacts/contact';
import { createCommandRunner } from '#event-sourcing';
import type { Command, CommandRunner, Decider, DomainEvent, KeyRing } from '#event-sourcing';
import { catalogue } from '#product';
import { createInboundLoad } from './commands.js';
import { alternate, load, median, type Measured, type Report } from './measure.js';
import { install, startProgram, type Installation } from './programs.js';
import { withoutEncryption } from './without-encryption.js';

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

/** Row P11: commands sealed under keys of the key store and not, over HTTP and without it. */
export async function benchEncryption(report: Report): Promise<void> {
  const installation = await install();
  // It would meet personal fields that nobody sealed.
  installation.worker.signal('SIGSTOP');
  try {
    await overHttp(report, installation);
    await bare(report, installation);
  } finally {
    installation.worker.signal('SIGCONT');
    await installation.stop();
  }
}

/** Messages from customers, as P1 measures them. */
async function overHttp(report: Report, { apiUrl, env, tokens }: Installation): Promise<void> {
  const plain = await startProgram('test/bench/unencrypted-api.js', [], env, /listening on (\S+)/);
  const [plainLoad, sealedLoad] = [
    await createInboundLoad(plain.listens, tokens),
    await createInboundLoad(apiUrl, tokens),
  ];
  try {
    const [without, sealed] = [() => plainLoad.run(atOnce), () => sealedLoad.run(atOnce)];
    await without();
    await sealed();
    const measured = await alternate(runs, { without, sealed });
    compare(report, 'P11 inbound at 64 with encryption, of those without (≥ 0.85)', measured);
  } finally {
    plainLoad.close();
    sealedLoad.close();
    await plain.stop();
  }
}

/** The same commands into 64 streams, without HTTP and whatever else a request costs. */
async function bare(report: Report, { eventStoreUrl, keyStoreUrl, masterKeys }: Installation): Promise<void> {
  const keyStore = await openKeyStore({ url: keyStoreUrl, masterKeys });
  const sealing = createKeyRing(keyStore);
  const ids = createIds(createHash('sha256').update('bench').digest());
  const stores: { close(): Promise<void> }[] = [];
  const runnerWith = (keys: KeyRing): CommandRunner => {
    const store = connectEventStoreDB({ url: eventStoreUrl, catalogue, keys });
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
    const measured = await alternate(runs, {
      without: commands(runnerWith(withoutEncryption(sealing)), 'plain'),
      sealed: commands(runnerWith(sealing), 'sealed'),
    });
    compare(report, 'P11 the same of bare commands, without HTTP', measured);
  } finally {
    for (const store of stores) await store.close();
    sealing.close();
    await keyStore.close();
  }
}

function compare(
  report: Report,
  name: string,
  { without, sealed }: Readonly<Record<'without' | 'sealed', readonly Measured[]>>,
): void {
  const [plain = 1, encrypted = 0] = [without, sealed].map((all) => median(all.map(({ perSecond }) => perSecond)));
  report({
    name,
    ratio: encrypted / plain,
    detail: `${Math.round(encrypted)}/s against ${Math.round(plain)}/s, ${atOnce} at once`,
  });
}
