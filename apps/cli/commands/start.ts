import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';

/** `ledger start`: the same as `npm start`. */
export function startCommand(): Command {
  return new Command('start')
    .description('run the whole system on this machine (settings come from the environment)')
    .action(async () => {
      const main = fileURLToPath(new URL('../../standalone/main.js', import.meta.url));
      const child = spawn(process.execPath, ['--enable-source-maps', main], { stdio: 'inherit' });
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
}
