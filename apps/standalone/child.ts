import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A program that runs beside the others, in a process of its own. */
export interface Program {
  readonly name: string;
  /** Compiled module, relative to the root of the build. */
  readonly module: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Matches the line it prints when it is ready; group 1, if there is one, is where it listens. */
  readonly ready: RegExp;
}

export interface Child {
  readonly pid: number;
  /** What the ready line said (group 1). */
  readonly listens: string;
  readonly exited: Promise<string>;
  /** SIGTERM, and SIGKILL when it has not ended after `milliseconds`. */
  stop(milliseconds: number): Promise<void>;
}

/** Starts a program and resolves when it is ready; rejects with what it said when it ends before that. */
export async function startChild(program: Program): Promise<Child> {
  const build = fileURLToPath(new URL('../../', import.meta.url));
  const child = fork(
    fileURLToPath(new URL('supervised.js', import.meta.url)),
    [`${build}${program.module}`, ...program.args],
    {
      env: { ...process.env, ...program.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps'],
    },
  );
  const exited = once(child, 'exit').then(([code, signal]) =>
    signal === null ? `exit code ${String(code)}` : `signal ${String(signal)}`,
  );
  const complaints: string[] = [];
  createInterface({ input: streamOf(child, 'stderr') }).on('line', (line) => {
    complaints.push(line);
    if (complaints.length > 20) complaints.shift();
    process.stderr.write(`[${program.name}] ${line}\n`);
  });
  const listens = await Promise.race([
    readyLine(child, program),
    exited.then((how) => {
      throw new Error(
        `${program.name} did not start (${how})${complaints.length > 0 ? `: ${complaints.at(-1) ?? ''}` : ''}`,
      );
    }),
  ]);
  return {
    pid: child.pid ?? 0,
    listens,
    exited,
    stop: async (milliseconds) => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
      await exited;
      clearTimeout(timer);
    },
  };
}

function readyLine(child: ChildProcess, program: Program): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: streamOf(child, 'stdout') }).on('line', (line) => {
      const match = program.ready.exec(line);
      if (match) resolve(match[1] ?? '');
      else process.stdout.write(`${line}\n`);
    });
  });
}

function streamOf(child: ChildProcess, name: 'stdout' | 'stderr'): NodeJS.ReadableStream {
  const stream = child[name];
  if (stream === null) throw new Error(`child without ${name}`);
  return stream;
}
