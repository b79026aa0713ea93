import { resolve } from 'node:path';

/** One setting is missing or wrong: the start stops with this one line. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** How tokens are checked: against a key set of the company, or (standalone only) a key of the data directory. */
export type JwtSettings = { readonly jwksUrl: string; readonly issuer: string; readonly audience: string } | undefined;

export type MasterKeySettings = { readonly file: string } | { readonly text: string };

/** What every process of the product needs to know to work on the stores. */
export interface StoreSettings {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly keyStoreUrl: string;
  readonly masterKeys: MasterKeySettings;
}

/** The settings of a process, from its environment. */
export interface Configuration {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** `undefined`: the embedded server (standalone only). */
  readonly eventStoreUrl: string | undefined;
  readonly mongoUrl: string | undefined;
  readonly keyStoreUrl: string | undefined;
  /** A file, or the keys themselves; `undefined`: a file of the data directory (standalone only). */
  readonly masterKeys: MasterKeySettings | undefined;
  /** When what is deleted is taken out of the stores' files: `at-once`, or a time of day in UTC (`02:00`). */
  readonly scavengeTime: string;
  readonly jwt: JwtSettings;
  /** Requests a minute for each person. */
  readonly rateLimit: number;
  /** Name of a worker that no other one has, also after its restart: then it takes its own work up again at once. */
  readonly workerId: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks all settings. Throws `ConfigurationError` naming the variable and what it takes. */
export function readConfiguration(env: Environment): Configuration {
  const dataDir = resolve(env['DATA_DIR'] ?? './data');
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port: wholeNumber(env, 'PORT', 3000, 0, 65_535),
    dataDir,
    logLevel: oneOf(env, 'LOG_LEVEL', logLevels, 'warn'),
    eventStoreUrl: url(env, 'EVENTSTOREDB_URL', ['esdb:', 'esdb+discover:', 'kurrentdb:', 'kurrentdb+discover:']),
    mongoUrl: url(env, 'MONGODB_URL', ['mongodb:', 'mongodb+srv:']),
    keyStoreUrl: url(env, 'KEYSTORE_URL', ['sqlite:', 'mongodb:', 'mongodb+srv:']),
    masterKeys: masterKeys(env),
    scavengeTime: scavengeTime(env),
    jwt: jwt(env),
    rateLimit: wholeNumber(env, 'RATE_LIMIT_PER_MINUTE', 600, 1, 1_000_000),
    workerId: env['WORKER_ID'],
  };
}

/** The stores, which a process beside others must be told. Throws `ConfigurationError`. */
export function storeSettings(configuration: Configuration): StoreSettings {
  const { eventStoreUrl, mongoUrl, keyStoreUrl, masterKeys } = configuration;
  if (eventStoreUrl === undefined || mongoUrl === undefined || keyStoreUrl === undefined || masterKeys === undefined) {
    throw new ConfigurationError(
      'EVENTSTOREDB_URL, MONGODB_URL, KEYSTORE_URL and MASTER_KEY_FILE or MASTER_KEY are needed',
    );
  }
  return { eventStoreUrl, mongoUrl, keyStoreUrl, masterKeys };
}

function scavengeTime(env: Environment): string {
  const text = env['SCAVENGE_AT'] ?? '02:00';
  if (text === 'at-once' || /^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
  throw new ConfigurationError(`SCAVENGE_AT takes at-once or a time of day in UTC like 02:00, not "${text}"`);
}

function masterKeys(env: Environment): MasterKeySettings | undefined {
  const file = env['MASTER_KEY_FILE'];
  const text = env['MASTER_KEY'];
  if (file && text) throw new ConfigurationError('MASTER_KEY_FILE and MASTER_KEY exclude each other: give one');
  if (file) return { file: resolve(file) };
  return text ? { text } : undefined;
}

function wholeNumber(env: Environment, name: string, standard: number, least: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === '') return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new ConfigurationError(`${name} takes a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

function oneOf<T extends string>(env: Environment, name: string, values: readonly T[], standard: T): T {
  const text = env[name];
  if (text === undefined || text === '') return standard;
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw new ConfigurationError(`${name} takes one of ${values.join(', ')}, not "${text}"`);
  return value;
}

// The value itself is never repeated: a connection string may hold a password.
function url(env: Environment, name: string, schemes: readonly string[]): string | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!schemes.some((scheme) => text.startsWith(scheme))) {
    throw new ConfigurationError(`${name} takes a connection string that begins with one of ${schemes.join(' ')}`);
  }
  return text;
}

function jwt(env: Environment): JwtSettings {
  const jwksUrl = url(env, 'JWT_JWKS_URL', ['https:', 'http:']);
  const issuer = env['JWT_ISSUER'];
  const audience = env['JWT_AUDIENCE'];
  if (jwksUrl === undefined && issuer === undefined && audience === undefined) return undefined;
  if (jwksUrl === undefined || !issuer || !audience) {
    throw new ConfigurationError('JWT_JWKS_URL, JWT_ISSUER and JWT_AUDIENCE go together: give all three or none');
  }
  return { jwksUrl, issuer, audience };
}
