import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { execArgvFor } from '../../threads/source-loading.js';

/** A server in a process of its own, which has told its address. */
export interface Program {
  readonly url: string;
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** Runs a module of the build, or its source when this module was loaded from source. */
export async function startProgram(built: URL, args: readonly string[]): Promise<Program> {
  const module = import.meta.url.endsWith('.ts') ? new URL(built.href.replace(/\.js$/, '.ts')) : built;
  const child = spawn(process.execPath, [...execArgvFor(module), fileURLToPath(module), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /esdb:\S+/.exec(line.toString())?.[0];
  if (url === undefined) throw new Error(`the program has not told its address: ${line.toString()}`);
  return {
    url,
    pid: child.pid,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
