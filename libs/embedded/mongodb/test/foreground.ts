import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The foreground program as built by `npm run build`: what a process of its own can be started from, and killed. */
const PROGRAM = fileURLToPath(new URL('../../../../dist/libs/embedded/mongodb/main.js', import.meta.url));

/** Starts the foreground program, whatever becomes of it. */
export function startProgram(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts the program on a free port; answers its process and connection string once it listens. */
export async function startListening(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const child = startProgram(['--port', '0', '--data', dataDir]);
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const url = /listening on (\S+)/.exec(output)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`the program ended before it listened: ${output}`);
}

/** What a program says on stderr, and how it ends. */
export async function outcome(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, errors };
}
