import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, readConfiguration, type Configuration, type StoreSettings } from '#adapters/configuration';
import { devTokens } from '#adapters/dev-tokens';
import { makeMasterKeyFile } from '#adapters/keystore';
import { systemClock } from '#adapters/runtime';
import { printWelcome } from './banner.js';
import { lockDataDirectory } from './data-directory.js';
import { freeOr } from './ports.js';
import { createSupervisor, type Supervisor } from './supervisor.js';

// Twice this, first the apps and then the stores, is less than the ten seconds that an operator waits for SIGTERM.
const stopWithin = 4_500;

async function startStores(supervisor: Supervisor, configuration: Configuration): Promise<StoreSettings> {
  const start = (name: string, port: number) =>
    supervisor.run({
      name,
      module: `libs/embedded/${name}/main.js`,
      args: ['--port', String(port), '--data', join(configuration.dataDir, name)],
      env: {},
      ready: /listening on (\S+)/,
    });
  // The usual port if nobody has it; another system that starts at the same moment may still be faster.
  const embedded = async (name: string, usualPort: number) => {
    const port = await freeOr(usualPort, '127.0.0.1');
    return start(name, port).catch((error: unknown) => {
      if (port === 0) throw error;
      return start(name, 0);
    });
  };
  const [eventStoreUrl, mongoUrl] = await Promise.all([
    configuration.eventStoreUrl ?? embedded('eventstoredb', 2113),
    configuration.mongoUrl ?? embedded('mongodb', 27017),
  ]);
  const keyStoreUrl = configuration.keyStoreUrl ?? `sqlite:${join(configuration.dataDir, 'keys.sqlite')}`;
  const masterKeys = configuration.masterKeys ?? { file: join(configuration.dataDir, 'master-keys') };
  if (configuration.masterKeys === undefined && 'file' in masterKeys) {
    makeMasterKeyFile(masterKeys.file, systemClock.now());
  }
  return { eventStoreUrl, mongoUrl, keyStoreUrl, masterKeys };
}

async function startPrograms(
  supervisor: Supervisor,
  addresses: StoreSettings,
  { dataDir, port, eventStoreUrl }: Configuration,
): Promise<string> {
  const env = {
    EVENTSTOREDB_URL: addresses.eventStoreUrl,
    MONGODB_URL: addresses.mongoUrl,
    KEYSTORE_URL: addresses.keyStoreUrl,
    ...('file' in addresses.masterKeys && { MASTER_KEY_FILE: addresses.masterKeys.file }),
    // The embedded stores have nobody else to consider.
    ...(eventStoreUrl === undefined && { SCAVENGE_AT: process.env['SCAVENGE_AT'] ?? 'at-once' }),
    // The data directory has one worker: after a crash it need not wait until its own lease has run out.
    WORKER_ID: `${hostname()}:${dataDir}`,
  };
  // The API makes the store's key at the first start; the worker then finds it.
  const apiUrl = await supervisor.run({
    name: 'api',
    module: 'apps/standalone/api.js',
    args: [],
    env: { ...env, PORT: String(port) },
    ready: /listening on (\S+)/,
  });
  await supervisor.run({ name: 'worker', module: 'apps/worker/main.js', args: [], env, ready: /worker is running/ });
  return apiUrl;
}

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const lock = await lockDataDirectory(configuration.dataDir);
  const stores = createSupervisor();
  const apps = createSupervisor();
  const runtimeFile = join(configuration.dataDir, 'runtime.json');

  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= (async () => {
      await apps.stop(stopWithin);
      await stores.stop(stopWithin);
      await rm(runtimeFile, { force: true });
      lock.release();
    })());
  const stopOn = (signal: 'SIGTERM' | 'SIGINT') =>
    process.on(signal, () => {
      void stop().then(() => process.exit(0));
    });
  stopOn('SIGTERM');
  stopOn('SIGINT');

  try {
    const { tokens, made } = await devTokens(configuration.dataDir);
    const addresses = await startStores(stores, configuration);
    const apiUrl = await startPrograms(apps, addresses, configuration);
    // The command line finds the running system by this file; connection strings may hold passwords.
    const { masterKeys, ...urls } = addresses;
    const runtime = {
      ...urls,
      ...('file' in masterKeys && { masterKeyFile: masterKeys.file }),
      apiUrl,
      pid: process.pid,
    };
    await writeFile(runtimeFile, JSON.stringify(runtime), { mode: 0o600 });
    printWelcome({
      ...urls,
      apiUrl,
      dataDir: configuration.dataDir,
      tokens: made && !configuration.jwt ? tokens : undefined,
    });
  } catch (error) {
    await stop();
    throw error;
  }
}

try {
  await main();
} catch (error) {
  const known = error instanceof ConfigurationError || error instanceof Error;
  process.stderr.write(`inbox-ledger: ${known ? error.message : String(error)}\n`);
  process.exit(1);
}
