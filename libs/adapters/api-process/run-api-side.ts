import { pino } from 'pino';
import { ConfigurationError, readConfiguration, storeSettings } from '#adapters/configuration';
import { createHttpApi } from '#adapters/http';
import { openPorts } from '#adapters/ports';

/**
 * One side of the API as a process of its own, until SIGTERM. Stateless: any number run beside each other. What keeps
 * it from starting is one line on stderr and exit code 1.
 */
export async function runApiSide(side: 'command' | 'query'): Promise<void> {
  try {
    await serve(side);
  } catch (error) {
    process.stderr.write(`${side}-api: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function serve(side: 'command' | 'query'): Promise<void> {
  const configuration = readConfiguration(process.env);
  const stores = storeSettings(configuration);
  const { jwt } = configuration;
  if (jwt === undefined) throw new ConfigurationError('the three JWT_ settings are needed');
  const opened = await openPorts(stores);
  const { ports, models, storeEpoch } = opened;
  const api = await createHttpApi({
    ports,
    storeEpoch,
    tokens: { kind: 'key-set', ...jwt },
    commands: side === 'command',
    queries: side === 'query',
    requestsPerMinute: configuration.rateLimit,
    health: [
      side === 'command'
        ? { name: 'event store', healthy: () => models.store.healthy() }
        : { name: 'read models', healthy: () => models.mongo.healthy() },
      { name: 'configuration', healthy: () => Promise.resolve(ports.LiveViews.ready) },
    ],
    lag: () => ({}),
    logger: pino({ level: configuration.logLevel }),
  });
  const { url } = await api.listen(configuration.port, configuration.host);
  process.stdout.write(`${side} API listening on ${url}\n`);
  process.once('SIGTERM', () => {
    void api
      .close()
      .then(() => opened.close())
      .then(() => process.exit(0));
  });
}
