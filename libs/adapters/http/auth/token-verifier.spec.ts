import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { createTokenVerifier } from './token-verifier.js';
import type { TokenVerifier } from './token-verifier.js';

const issuer = 'https://login.example';
const audience = 'inbox';
const inAnHour = Math.floor(Date.now() / 1_000) + 3_600;
const anHourAgo = inAnHour - 7_200;
const claims = { sub: 'ben', role: 'agent', name: 'Ben', iss: issuer, aud: audience, exp: inAnHour };
const ben = { subject: 'ben', role: 'agent', name: 'Ben' };

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const publicKeyAsSecret = rsa.publicKey.export({ type: 'spki', format: 'der' });

interface How {
  readonly claims?: object;
  readonly alg?: string;
  readonly kid?: string;
  readonly key?: KeyObject | Uint8Array;
}

async function signed({
  claims: changed = {},
  alg = 'RS256',
  kid = 'rsa',
  key = rsa.privateKey,
}: How): Promise<string> {
  return new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg, kid }).sign(key);
}

async function edited(): Promise<string> {
  const [head, , signature] = (await signed({})).split('.');
  const body = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
  return `${head ?? ''}.${body}.${signature ?? ''}`;
}

describe('tokens by a key set (S3)', () => {
  let verify: TokenVerifier;
  const server = createServer((_request, response) => {
    const keys = Object.entries({ rsa, ec, ed }).map(([kid, { publicKey }]) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
    }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    verify = createTokenVerifier({ kind: 'key-set', jwksUrl, issuer, audience });
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it.each([
    ['RS256', 'rsa', rsa.privateKey],
    ['ES256', 'ec', ec.privateKey],
    ['EdDSA', 'ed', ed.privateKey],
  ])('are believed when %s signs them', async (alg, kid, key) => {
    await expect(verify(await signed({ alg, kid, key }))).resolves.toEqual(ben);
  });

  it('that carry no name show the subject', async () => {
    await expect(verify(await signed({ claims: { name: undefined } }))).resolves.toEqual({ ...ben, name: 'ben' });
  });

  it.each<[string, () => string | Promise<string>]>([
    ['without a signature (alg: none)', () => new UnsecuredJWT(claims).encode()],
    ['signed HS256 with the public key as the secret', () => signed({ alg: 'HS256', key: publicKeyAsSecret })],
    ['of an algorithm outside the list', () => signed({ alg: 'PS256' })],
    ['signed with another key under our key id', () => signed({ key: stranger.privateKey })],
    ['naming a key that is not in the set', () => signed({ kid: 'other' })],
    ['that have expired', () => signed({ claims: { exp: anHourAgo } })],
    ['that are not valid yet', () => signed({ claims: { nbf: inAnHour } })],
    ['that never expire', () => signed({ claims: { exp: undefined } })],
    ['for another audience', () => signed({ claims: { aud: 'other' } })],
    ['of another issuer', () => signed({ claims: { iss: 'https://evil.example' } })],
    ['edited after they were signed', edited],
    ['with a role that is none', () => signed({ claims: { role: 'root' } })],
    ['whose subject is no id', () => signed({ claims: { sub: 'ben\n' } })],
    ['that are no tokens', () => 'abc.def.ghi'],
  ])('%s are refused', async (_how, forged) => {
    await expect(verify(await forged())).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
  });

  it('are neither believed nor refused while the key set cannot be had', async () => {
    const alone = createTokenVerifier({ kind: 'key-set', jwksUrl: 'http://127.0.0.1:1/keys', issuer, audience });
    await expect(alone(await signed({}))).rejects.toMatchObject({ code: 'token-keys-unavailable', status: 503 });
  });
});

describe('tokens by the own key of standalone (S3)', () => {
  const key = Buffer.alloc(32, 7);
  const verify = createTokenVerifier({ kind: 'own-key', key, issuer, audience });

  it('are believed when it signed them', async () => {
    await expect(verify(await signed({ alg: 'HS256', key }))).resolves.toEqual(ben);
  });

  it.each([
    ['another key', 'HS256', Buffer.alloc(32, 8)],
    ['another algorithm', 'HS384', Buffer.alloc(48, 7)],
  ])('are refused when %s signed them', async (_what, alg, secret) => {
    await expect(verify(await signed({ alg, key: secret }))).rejects.toMatchObject({
      code: 'unauthenticated',
      status: 401,
    });
  });
});
