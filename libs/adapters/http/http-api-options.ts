import type { Logger } from 'pino';
import type { TokenSettings } from './auth/token-settings.js';
import type { HealthPart, HttpPorts } from './http-ports.js';
import type { LagByProjection } from './operations/metrics.js';

/** What an app decides about the API that it serves. */
export interface HttpApiOptions {
  readonly ports: HttpPorts;
  /** Tells this event store from every other; positions given out are bound to it. */
  readonly storeEpoch: string;
  readonly tokens: TokenSettings;
  /** Which sides this process serves: one of them, or both. */
  readonly commands: boolean;
  readonly queries: boolean;
  /** Requests a minute that a person may send; services and providers' webhooks are not limited. */
  readonly requestsPerMinute: number;
  readonly health: readonly HealthPart[];
  readonly lag: LagByProjection;
  readonly logger: Logger;
}
