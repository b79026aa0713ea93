import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// Runs one program of the system (argv[2], with its arguments after it) as a child of the supervisor.

// The supervisor was killed: a child left behind would hold the data directory against the next start.
process.on('disconnect', () => {
  process.exit(1);
});

// Ctrl-C in a terminal reaches the whole process group at once. The order of stopping (API first, stores last) is the
// supervisor's to keep, so the programs' own reaction to it is taken away.
process.on('newListener', (event: string, listener: () => void) => {
  if (event === 'SIGINT' && listener !== ignore) queueMicrotask(() => process.off('SIGINT', listener));
});
process.on('SIGINT', ignore);
function ignore(): void {
  // SIGTERM from the supervisor follows.
}

const program = process.argv[2];
if (program === undefined) throw new Error('supervised: no program given');
process.argv.splice(1, 2, resolve(program));
await import(pathToFileURL(resolve(program)).href);
