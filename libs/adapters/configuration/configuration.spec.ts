import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readConfiguration } from './configuration.js';

describe('the configuration', () => {
  it('has a standard for everything', () => {
    expect(readConfiguration({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('./data'),
      logLevel: 'warn',
      eventStoreUrl: undefined,
      mongoUrl: undefined,
      keyStoreUrl: undefined,
      masterKeys: undefined,
      scavengeTime: '02:00',
      jwt: undefined,
      rateLimit: 600,
      workerId: undefined,
    });
  });

  it.each([
    [{ PORT: 'http' }, 'PORT takes a whole number from 0 to 65535, not "http"'],
    [{ PORT: '70000' }, 'PORT takes a whole number from 0 to 65535, not "70000"'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL takes one of fatal, error, warn, info, debug, trace, silent, not "loud"'],
    [{ SCAVENGE_AT: 'noon' }, 'SCAVENGE_AT takes at-once or a time of day in UTC like 02:00, not "noon"'],
    [{ MASTER_KEY_FILE: 'a', MASTER_KEY: 'b' }, 'MASTER_KEY_FILE and MASTER_KEY exclude each other: give one'],
    [{ JWT_ISSUER: 'us' }, 'JWT_JWKS_URL, JWT_ISSUER and JWT_AUDIENCE go together: give all three or none'],
  ])('stops at %j with one clear line', (env, line) => {
    expect(() => readConfiguration(env)).toThrow(new ConfigurationError(line));
  });

  it('never repeats a connection string, which may hold a password', () => {
    expect(() => readConfiguration({ MONGODB_URL: 'http://me:secret@host' })).toThrow(
      new ConfigurationError('MONGODB_URL takes a connection string that begins with one of mongodb: mongodb+srv:'),
    );
  });
});
