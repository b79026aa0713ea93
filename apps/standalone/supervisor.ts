import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child, type Program } from './child.js';

const firstRestartDelay = 100;
const longestRestartDelay = 5_000;

export interface Supervisor {
  /** Starts the program and keeps it running until `stop`; resolves with where it listens. */
  run(program: Program): Promise<string>;
  /** Stops all that was started at once, within `milliseconds`. */
  stop(milliseconds: number): Promise<void>;
}

/** Keeps programs running: one that ends unasked is started again, with a growing delay. */
export function createSupervisor(): Supervisor {
  const running: { program: Program; child: Child }[] = [];
  const stopping = new AbortController();

  async function keep(entry: { program: Program; child: Child }): Promise<void> {
    let wait = firstRestartDelay;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const how = await entry.child.exited;
      if (isStopped()) return;
      if (performance.now() - startedAt > 60_000) wait = firstRestartDelay;
      process.stderr.write(`${entry.program.name} ended (${how}), starting it again in ${wait} ms\n`);
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      wait = Math.min(wait * 2, longestRestartDelay);
      if (isStopped()) return;
      try {
        entry.child = await startChild(entry.program);
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }
  const isStopped = () => stopping.signal.aborted;

  return {
    run: async (program) => {
      const child = await startChild(program);
      const entry = { program: atSamePort(program, child.listens), child };
      running.push(entry);
      void keep(entry);
      return child.listens;
    },
    stop: async (milliseconds) => {
      stopping.abort();
      await Promise.all(running.map(({ child }) => child.stop(milliseconds)));
    },
  };
}

/** After a crash a program must come back where the others know it to be, also when it had any free port at first. */
function atSamePort(program: Program, listens: string): Program {
  const port = /:(\d+)/.exec(listens)?.[1];
  if (port === undefined) return program;
  return {
    ...program,
    args: program.args.map((arg, i) => (program.args[i - 1] === '--port' ? port : arg)),
    env: 'PORT' in program.env ? { ...program.env, PORT: port } : program.env,
  };
}
