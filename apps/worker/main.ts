import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { pino } from 'pino';
import { readConfiguration, storeSettings } from '#adapters/configuration';
import { openPorts } from '#adapters/ports';
import { createWorkflowEngine } from '#event-sourcing';
import { workflows } from '#product';

// Keeps the read models up to date, and does what the workflows still want done. Of several workers one projects and
// one acts, the others wait to take over.

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { logLevel, workerId } = configuration;
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
  const acting = createWorkflowEngine({
    workflows,
    ports: { store, runner, views, models: ReadModels, ids, clock, sha256 },
    documents: models.mongo.documents,
    holder,
    stumbled,
  });
  await models.engine.start();
  await acting.start();
  process.stdout.write('worker is running\n');

  process.once('SIGTERM', () => {
    void (async () => {
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
