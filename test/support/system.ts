import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');

// What a failed test left running would keep jest from ending.
const started = new Set<Running>();
afterAll(async () => {
  for (const running of started) await running.kill();
});

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; `undefined` when there is none. */
  readonly body: Record<string, unknown>;
}

export interface RequestOptions {
  readonly role?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A running program of the build, in a process group of its own. */
export interface Running {
  readonly process: ChildProcess;
  /** What the ready line said. */
  readonly ready: RegExpExecArray;
  /** SIGKILL to the whole group, as a power cut would. */
  kill(): Promise<void>;
  /** SIGTERM to the program alone; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `dist/<module>`, and says how it ends. */
export function launch(
  module: string,
  options: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> },
): {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** With the exit code, and what it had printed. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: readonly string[] }>;
} {
  const child = spawn(
    join(root, 'bin/node'),
    ['--enable-source-maps', join(root, 'dist', module), ...(options.args ?? [])],
    {
      env: { PATH: process.env['PATH'], ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => output.push(line));
  }
  const exited = once(child, 'exit') as Promise<[number | null]>;
  return { child, ended: exited.then(([code]) => ({ code, output })) };
}

/** Starts `dist/<module>` and resolves at the line that matches `ready`; rejects with its output when it ends before. */
export async function run(
  module: string,
  options: { args?: readonly string[]; env?: Readonly<Record<string, string>>; ready: RegExp },
): Promise<Running> {
  const { child, ended } = launch(module, options);
  const ready = await Promise.race([
    new Promise<RegExpExecArray>((found) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const match = options.ready.exec(line);
        if (match) found(match);
      });
    }),
    ended.then(({ code, output }) => {
      throw new Error(`${module} ended with ${String(code)} before it was ready:\n${output.join('\n')}`);
    }),
  ]);
  const running: Running = {
    process: child,
    ready,
    kill: async () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return (await ended).code;
    },
  };
  started.add(running);
  return running;
}

/** One HTTP request; never throws for a status. */
export async function request(
  url: string,
  method: string,
  options: RequestOptions & { token?: string },
): Promise<Answer> {
  const text = options.body === undefined ? undefined : JSON.stringify(options.body);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(text === undefined ? {} : { body: text }),
  });
  const answered = await response.text();
  const json = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (json && answered !== '' ? JSON.parse(answered) : { text: answered }) as Record<string, unknown>,
  };
}

/** The standalone system on a data directory, with the real servers of the build behind real sockets. */
export interface System {
  readonly url: string;
  readonly dataDir: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly running: Running;
  /** With the token of `role` (default: none). */
  readonly call: (method: string, path: string, options?: RequestOptions) => Promise<Answer>;
}

export async function temporaryDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'inbox-ledger-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function startSystem(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<System> {
  const running = await run('apps/standalone/main.js', {
    env: { PORT: '0', DATA_DIR: dataDir, ...env },
    ready: /API\s+(http\S+)\/v1/,
  });
  const url = running.ready[1] ?? '';
  const tokens = JSON.parse(await readFile(join(dataDir, 'dev-tokens.json'), 'utf8')) as Record<string, string>;
  return { url, dataDir, tokens, running, call: caller(url, tokens) };
}

/** Calls an API with the tokens of a data directory. */
export function caller(url: string, tokens: Readonly<Record<string, string>>): System['call'] {
  return (method, path, { role, ...options } = {}) => {
    const token = options.token ?? (role === undefined ? undefined : tokens[role]);
    return request(`${url}${path}`, method, { ...options, ...(token === undefined ? {} : { token }) });
  };
}
