import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { pino } from 'pino';
import { ConfigurationError, readConfiguration } from '#adapters/configuration';
import { openPorts } from '#adapters/ports';
import { runWorkflow } from '#event-sourcing';
import { createWorkflows } from '#product';

// Keeps the read models up to date, and does what the workflows still want done. Of several workers one projects, the
// others wait to take over.

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function main(): Promise<void> {
  const { eventStoreUrl, mongoUrl, keyStoreUrl, logLevel, workerId } = readConfiguration(process.env);
  if (eventStoreUrl === undefined || mongoUrl === undefined || keyStoreUrl === undefined) {
    throw new ConfigurationError('EVENTSTOREDB_URL, MONGODB_URL and KEYSTORE_URL are needed');
  }
  const logger = pino({ level: logLevel });
  const stumbled = (error: unknown) => {
    logger.warn({ err: error }, 'something failed and is tried again');
  };
  const failed = (error: Error) => {
    logger.fatal({ err: error }, 'the read models stand still until somebody decides');
  };
  const holder = workerId ?? `${hostname()}/${process.pid}`;
  const opened = await openPorts({ eventStoreUrl, mongoUrl, keyStoreUrl }, { stumbled, failed, holder });
  const { ports, models } = opened;
  const { EventStore: store, Ids: ids, Clock: clock } = ports;
  const workflows = createWorkflows(ports, sha256).map((workflow) =>
    runWorkflow(workflow, { store, ids, clock, stumbled }),
  );
  await models.engine.start();
  for (const workflow of workflows) await workflow.start();
  process.stdout.write('worker is running\n');

  process.once('SIGTERM', () => {
    void (async () => {
      for (const workflow of workflows) await workflow.stop();
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
