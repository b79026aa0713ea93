import { pino } from 'pino';
import { readConfiguration, storeSettings } from '#adapters/configuration';
import { devIssuer, devSigningKey } from '#adapters/dev-tokens';
import { connectEventStoreDB } from '#adapters/eventstoredb';
import { createHttpApi } from '#adapters/http';
import { openPorts } from '#adapters/ports';
import { createCommandRunner } from '#event-sourcing';
import { catalogue } from '#product';
import { withoutEncryption } from './without-encryption.js';

// The API of the product, with commands that leave personal fields as they are: only a measurement may do that.

const configuration = readConfiguration(process.env);
const addresses = storeSettings(configuration);
const { ports, storeEpoch } = await openPorts(addresses);
const store = connectEventStoreDB({ url: addresses.eventStoreUrl, catalogue, keys: withoutEncryption(ports.KeyRing) });
const runner = createCommandRunner({ store, catalogue, ids: ports.Ids, clock: ports.Clock });
const api = await createHttpApi({
  ports: { ...ports, CommandRunner: runner },
  storeEpoch,
  tokens: {
    kind: 'own-key',
    key: await devSigningKey(configuration.dataDir),
    issuer: devIssuer,
    audience: devIssuer,
  },
  commands: true,
  queries: true,
  requestsPerMinute: configuration.rateLimit,
  health: [],
  lag: () => ({}),
  logger: pino({ level: configuration.logLevel }),
});
const { url } = await api.listen(configuration.port, configuration.host);
process.stdout.write(`API listening on ${url}\n`);
process.once('SIGTERM', () => process.exit(0));
