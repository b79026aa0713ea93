import { hostname } from 'node:os';
import { pino } from 'pino';
import { readConfiguration, storeSettings } from '#adapters/configuration';
import { createScavenger, openPorts } from '#adapters/ports';
import { sha256 } from '#adapters/runtime';
import { createPresenceWatch } from '#assignment/presence';
import { createWorkflowEngine } from '#event-sourcing';
import { workflows } from '#product';

// Keeps the read models up to date, and does what the workflows still want done. Of several workers one projects and
// one acts, the others wait to take over.

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { logLevel, workerId, scavengeTime: time } = configuration;
  const stores = storeSettings(configuration);
  const logger = pino({ level: logLevel });
  const stumbled = (error: unknown) => {
    logger.warn({ err: error }, 'something failed and is tried again');
  };
  const failed = (error: Error) => {
    logger.fatal({ err: error }, 'the read models stand still until somebody decides');
  };
  const holder = workerId ?? `${hostname()}/${process.pid}`;
  const opened = await openPorts(stores, { stumbled, failed, holder });
  const { ports, models } = opened;
  const { EventStore: store, CommandRunner: runner, LiveViews: views, ReadModels, Ids: ids, Clock: clock } = ports;
  const { eventStoreUrl } = stores;
  const scavenger = createScavenger({ eventStoreUrl, compactModels: () => models.mongo.compactModels(), time });
  const acting = createWorkflowEngine({
    workflows,
    ports: { store, runner, views, models: ReadModels, keys: ports.KeyRing, scavenger, ids, clock, sha256 },
    documents: models.mongo.documents,
    holder,
    stumbled,
  });
  const { Heartbeats: heartbeats } = ports;
  const { documents } = models.mongo;
  const presence = createPresenceWatch({ heartbeats, documents, runner, views, ids, clock }, { holder, stumbled });
  await models.engine.start();
  await acting.start();
  await presence.start();
  process.stdout.write('worker is running\n');

  process.once('SIGTERM', () => {
    void (async () => {
      await presence.stop();
      await acting.stop();
      await opened.close();
      process.exit(0);
    })();
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
