import { pino } from 'pino';
import { ConfigurationError, readConfiguration } from '#adapters/configuration';
import { createHttpApi } from '#adapters/http';
import { openPorts } from '#adapters/ports';

// The command side of the API alone: any number of these run beside each other.

async function main(): Promise<void> {
  const { eventStoreUrl, mongoUrl, keyStoreUrl, jwt, ...configuration } = readConfiguration(process.env);
  if (eventStoreUrl === undefined || mongoUrl === undefined || keyStoreUrl === undefined || jwt === undefined) {
    throw new ConfigurationError('EVENTSTOREDB_URL, MONGODB_URL, KEYSTORE_URL and the three JWT_ settings are needed');
  }
  const opened = await openPorts({ eventStoreUrl, mongoUrl, keyStoreUrl });
  const { ports, models, storeEpoch } = opened;
  const api = await createHttpApi({
    ports,
    storeEpoch,
    tokens: { kind: 'key-set', ...jwt },
    commands: true,
    queries: false,
    requestsPerMinute: configuration.rateLimit,
    health: [
      { name: 'event store', healthy: () => models.store.healthy() },
      { name: 'configuration', healthy: () => Promise.resolve(ports.LiveViews.ready) },
    ],
    lag: () => ({}),
    logger: pino({ level: configuration.logLevel }),
  });
  const { url } = await api.listen(configuration.port, configuration.host);
  process.stdout.write(`command API listening on ${url}\n`);
  process.once('SIGTERM', () => {
    void api
      .close()
      .then(() => opened.close())
      .then(() => process.exit(0));
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`command-api: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
