import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { devIssuer, devSigningKey, devTokens } from './dev-tokens.js';

describe('the tokens of a data directory', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'dev-tokens-'));
  });
  afterEach(async () => {
    await rm(dataDir, { recursive: true });
  });

  it('are made once, for each role, readable by the owner only', async () => {
    const first = await devTokens(dataDir);
    const second = await devTokens(dataDir);
    expect(first.made).toBe(true);
    expect(second).toEqual({ tokens: first.tokens, made: false });
    expect(Object.keys(first.tokens)).toEqual(['admin', 'agent', 'service', 'analyst', 'auditor']);
    for (const file of ['dev-tokens.json', 'dev-signing-key']) {
      expect((await stat(join(dataDir, file))).mode & 0o777).toBe(0o600);
    }
  });

  it('are signed with its key and say who the bearer is', async () => {
    const { tokens } = await devTokens(dataDir);
    const { payload } = await jwtVerify(tokens['agent'] ?? '', await devSigningKey(dataDir), {
      issuer: devIssuer,
      audience: devIssuer,
      algorithms: ['HS256'],
    });
    expect(payload).toMatchObject({ sub: 'dev-agent', role: 'agent', name: 'Ben Agent' });
  });
});
