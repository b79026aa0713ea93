import { randomBytes } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignJWT } from 'jose';

/** What a token says of its bearer. */
export interface TokenClaims {
  readonly userId: string;
  readonly role: 'admin' | 'agent' | 'service' | 'analyst' | 'auditor';
  readonly name: string;
}

/** Issuer and audience of the tokens that a data directory makes for itself. */
export const devIssuer = 'inbox-ledger-dev';

/** The users behind the tokens of a first start; the admin and the agent have access to every channel. */
export const devUsers: readonly TokenClaims[] = [
  { userId: 'dev-admin', role: 'admin', name: 'Ada Admin' },
  { userId: 'dev-agent', role: 'agent', name: 'Ben Agent' },
  { userId: 'dev-service', role: 'service', name: 'Service' },
  { userId: 'dev-analyst', role: 'analyst', name: 'Ann Analyst' },
  { userId: 'dev-auditor', role: 'auditor', name: 'Otto Auditor' },
];

/** The HS256 key of a data directory, made (mode 0600) when there is none. Throws when there is no such directory. */
export async function devSigningKey(dataDir: string): Promise<Uint8Array> {
  if (!(await stat(dataDir).catch(() => undefined))?.isDirectory()) {
    throw new Error(`there is no data directory ${dataDir}: start the system once, or name another one`);
  }
  const path = join(dataDir, 'dev-signing-key');
  const key = await writeOnce(path, randomBytes(32).toString('base64url'));
  return Buffer.from(key.text, 'base64url');
}

/** A token of a year. */
export async function issueToken(key: Uint8Array, claims: TokenClaims): Promise<string> {
  return new SignJWT({ role: claims.role, name: claims.name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(claims.userId)
    .setIssuer(devIssuer)
    .setAudience(devIssuer)
    .setIssuedAt()
    .setExpirationTime('1 year')
    .sign(key);
}

/** The tokens by role, and whether this call made them: `DATA_DIR/dev-tokens.json`, mode 0600. */
export async function devTokens(dataDir: string): Promise<{ tokens: Record<string, string>; made: boolean }> {
  const key = await devSigningKey(dataDir);
  const tokens: Record<string, string> = {};
  for (const user of devUsers) tokens[user.role] = await issueToken(key, user);
  const { text, made } = await writeOnce(join(dataDir, 'dev-tokens.json'), `${JSON.stringify(tokens, undefined, 2)}\n`);
  return { tokens: JSON.parse(text) as Record<string, string>, made };
}

// Two processes may start at once: the first to create the file wins, the other reads it.
async function writeOnce(path: string, text: string): Promise<{ text: string; made: boolean }> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: 'wx' });
    return { text, made: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { text: await readFile(path, 'utf8'), made: false };
  }
}
