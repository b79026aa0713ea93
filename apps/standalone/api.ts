import { pino } from 'pino';
import { readConfiguration, storeSettings, type Configuration } from '#adapters/configuration';
import { devIssuer, devSigningKey, devTokens, devUsers } from '#adapters/dev-tokens';
import { createHttpApi, type TokenSettings } from '#adapters/http';
import { openPorts } from '#adapters/ports';
import { admitFirstUsers } from '#access/user';

// Both sides of the API in one process, as a standalone installation runs it.

const lagEvery = 5_000;

async function tokenSettings({ jwt, dataDir }: Configuration): Promise<TokenSettings> {
  if (jwt) return { kind: 'key-set', ...jwt };
  return { kind: 'own-key', key: await devSigningKey(dataDir), issuer: devIssuer, audience: devIssuer };
}

const configuration = readConfiguration(process.env);
const logger = pino({ level: configuration.logLevel });
const opened = await openPorts(storeSettings(configuration));
const { ports, models, storeEpoch } = opened;
if (!configuration.jwt) {
  await devTokens(configuration.dataDir);
  await admitFirstUsers(ports.CommandRunner, ports.Ids, ports.Clock.now(), devUsers);
}

let lag: Readonly<Record<string, number>> = {};
const measuring = setInterval(() => {
  models.engine.lag().then(
    (measured) => {
      lag = Object.fromEntries(measured.map(({ model, milliseconds }) => [model, milliseconds / 1000]));
    },
    (error: unknown) => {
      logger.warn({ error }, 'the lag of the read models cannot be measured');
    },
  );
}, lagEvery);

const api = await createHttpApi({
  ports,
  storeEpoch,
  tokens: await tokenSettings(configuration),
  commands: true,
  queries: true,
  requestsPerMinute: configuration.rateLimit,
  health: [
    { name: 'event store', healthy: () => models.store.healthy() },
    { name: 'read models', healthy: () => models.mongo.healthy() },
    { name: 'configuration', healthy: () => Promise.resolve(ports.LiveViews.ready) },
  ],
  lag: () => lag,
  logger,
});
const { url } = await api.listen(configuration.port, configuration.host);
process.stdout.write(`API listening on ${url}\n`);

process.once('SIGTERM', () => {
  clearInterval(measuring);
  void api
    .close()
    .then(() => opened.close())
    .then(() => process.exit(0));
});
