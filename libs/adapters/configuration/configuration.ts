import { resolve } from 'node:path';

/** One setting is missing or wrong: the start stops with this one line. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** How tokens are checked: against a key set of the company, or (standalone only) a key of the data directory. */
export type JwtSettings = { readonly jwksUrl: string; readonly issuer: string; readonly audience: string } | undefined;

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
    jwt: jwt(env),
    rateLimit: wholeNumber(env, 'RATE_LIMIT_PER_MINUTE', 600, 1, 1_000_000),
    workerId: env['WORKER_ID'],
  };
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
