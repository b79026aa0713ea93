import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { Problem } from '../problems/problem.js';
import type { Caller } from './caller.js';
import { callerRoles } from './caller.js';
import type { TokenSettings } from './token-settings.js';

/**
 * Checks a bearer token. Throws the problem `unauthenticated`, or `token-keys-unavailable` when the key set cannot be
 * had.
 */
export type TokenVerifier = (token: string) => Promise<Caller>;

// How long a checked token is believed without checking again, so the longest that a withdrawn key still opens.
// Without it, checking the signature would cost more than the rest of a command's way through HTTP.
const believedForMs = 30_000;

const subjectShape = /^[\x21-\x7e]{1,200}$/;

const keySetTroubles: ReadonlySet<string> = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

export function createTokenVerifier(settings: TokenSettings): TokenVerifier {
  const check = signatureCheck(settings);
  const believed = new LRUCache<string, Caller>({ max: 5_000, ttl: believedForMs });
  return async (token) => {
    const known = believed.get(token);
    if (known !== undefined) return known;
    const claims = await check(token).catch((error: unknown) => {
      throw refused(error);
    });
    const caller = callerFrom(claims);
    const lifetime = (claims.exp ?? 0) * 1_000 - Date.now();
    if (lifetime > 0) believed.set(token, caller, { ttl: Math.min(believedForMs, lifetime) });
    return caller;
  };
}

function signatureCheck(settings: TokenSettings): (token: string) => Promise<JWTPayload> {
  const { issuer, audience } = settings;
  const claims = { issuer, audience, requiredClaims: ['sub', 'exp'], clockTolerance: 5 };
  if (settings.kind === 'own-key') {
    return async (token) => (await jwtVerify(token, settings.key, { ...claims, algorithms: ['HS256'] })).payload;
  }
  const keys = createRemoteJWKSet(new URL(settings.jwksUrl), { timeoutDuration: 5_000 });
  const algorithms = ['RS256', 'ES256', 'EdDSA'];
  return async (token) => (await jwtVerify(token, keys, { ...claims, algorithms })).payload;
}

function callerFrom(claims: JWTPayload): Caller {
  const { sub: subject, role: claimed, name } = claims;
  const role = callerRoles.find((candidate) => candidate === claimed);
  if (subject === undefined || !subjectShape.test(subject)) throw unauthenticated('its subject is not an id');
  if (role === undefined) throw unauthenticated('it names no role of ours');
  return { subject, role, name: typeof name === 'string' && name !== '' ? name.slice(0, 200) : subject };
}

function refused(error: unknown): Problem {
  if (error instanceof errors.JWTExpired) return unauthenticated('it has expired');
  // What is not about the token is about fetching the keys: the caller did nothing wrong and may come back.
  const aboutToken = error instanceof errors.JOSEError && !keySetTroubles.has(error.code);
  return aboutToken ? unauthenticated('it is not valid here') : new Problem('token-keys-unavailable', { cause: error });
}

function unauthenticated(why: string): Problem {
  return new Problem('unauthenticated', {
    detail: `The bearer token is refused: ${why}.`,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });
}
