import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { makeMasterKeyFile } from '#adapters/keystore';

// This file runs from the build: dist/test/bench.
const build = resolve(import.meta.dirname, '../..');

export interface Program {
  /** Group 1 of the line that said it is ready. */
  readonly listens: string;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  stop(): Promise<void>;
}

/** Starts one program of the build in a process of its own. */
export async function startProgram(
  module: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<Program> {
  const child = spawn(process.execPath, [join(build, module), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const listens = await new Promise<string>((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const match = ready.exec(line);
      if (match) found(match[1] ?? '');
    });
    void exited.then(([code]) => {
      failed(new Error(`${module} ended with ${String(code)}`));
    });
  });
  return {
    listens,
    signal: (name) => child.kill(name),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** The whole product, each part in a process of its own, on a fresh data directory. */
export interface Installation {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly apiUrl: string;
  readonly keyStoreUrl: string;
  readonly masterKeys: { readonly file: string };
  readonly env: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
  readonly worker: Program;
  stop(): Promise<void>;
}

export async function install(): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'inbox-ledger-bench-'));
  const server = (name: string) =>
    startProgram(
      `libs/embedded/${name}/main.js`,
      ['--port', '0', '--data', join(dataDir, name)],
      {},
      /listening on (\S+)/,
    );
  const eventStore = await server('eventstoredb');
  const mongo = await server('mongodb');
  const keyStoreUrl = `sqlite:${join(dataDir, 'keys.sqlite')}`;
  const masterKeys = { file: join(dataDir, 'master-keys') };
  makeMasterKeyFile(masterKeys.file, new Date().toISOString());
  const env = {
    DATA_DIR: dataDir,
    PORT: '0',
    EVENTSTOREDB_URL: eventStore.listens,
    MONGODB_URL: mongo.listens,
    KEYSTORE_URL: keyStoreUrl,
    MASTER_KEY_FILE: masterKeys.file,
    RATE_LIMIT_PER_MINUTE: '1000000',
    SCAVENGE_AT: 'at-once',
  };
  const api = await startProgram('apps/standalone/api.js', [], env, /listening on (\S+)/);
  const worker = await startProgram('apps/worker/main.js', [], env, /worker is running/);
  return {
    eventStoreUrl: eventStore.listens,
    mongoUrl: mongo.listens,
    apiUrl: api.listens,
    keyStoreUrl,
    masterKeys,
    env,
    tokens: JSON.parse(await readFile(join(dataDir, 'dev-tokens.json'), 'utf8')) as Record<string, string>,
    worker,
    stop: async () => {
      for (const program of [worker, api, mongo, eventStore]) await program.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
