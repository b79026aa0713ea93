import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { execArgvFor } from '../../../threads/source-loading.js';

const MAIN = new URL('../../main.ts', import.meta.url);

/** The server as a process of its own, as users run it, on any free port. */
export interface ChildServer {
  readonly url: string;
  readonly process: ChildProcess;
  kill(): Promise<void>;
}

/** What the program wrote and how it ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `largestFile`: none of its files may become larger, in KiB; until `prlimit` allows it, as when a disk is full. */
export async function startChildServer(directory: string, largestFile?: number): Promise<ChildServer> {
  const child = spawnMain(['--port', '0', '--data', directory], largestFile);
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const listening = /listening on (\S+)\n/.exec(output)?.[1];
      if (listening !== undefined) resolve(listening);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => {
      reject(new Error(`the server ended: ${output}`));
    });
  });
  return {
    url,
    process: child,
    kill: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Runs the program to its end. */
export async function runMain(args: string[]): Promise<Run> {
  const child = spawnMain(args);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

function spawnMain(args: string[], largestFile?: number) {
  const options = ['--disable-warning=ExperimentalWarning', ...execArgvFor(MAIN)];
  const limit = largestFile === undefined ? '' : `ulimit -S -f ${largestFile}; `;
  const command = ['-c', `${limit}exec "$0" "$@"`, process.execPath, ...options, fileURLToPath(MAIN), ...args];
  return spawn('bash', command, { stdio: ['ignore', 'pipe', 'pipe'] });
}
