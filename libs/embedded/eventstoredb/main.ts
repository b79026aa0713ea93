import { parseArgs } from 'node:util';
import { startEventStoreDB } from './index.js';
import type { EventStoreDBOptions } from './index.js';
import { DamagedStoreError } from './storage/damage.js';

const USAGE = `Usage: npm run embedded:eventstoredb -- [--port N] [--data DIR] [--host ADDRESS] [--advertised-host NAME]
                                         [--max-append-size BYTES]

  --port             port of all protocols (2113; 0 for any that is free)
  --data             directory of the log (./data/eventstoredb)
  --host             address to listen on (127.0.0.1: nobody is asked who they are)
  --advertised-host  host that cluster-aware clients are told to connect to
  --max-append-size  bytes that one append may have (1048576, at most 16777216)`;

const EXIT_USAGE = 2;
const EXIT_REFUSED = 1;
/** Starting again does not help: whoever supervises this process should not try. */
const EXIT_DAMAGED = 3;

/** A single event has to fit into one message. */
const LARGEST_APPEND = 16 * 1024 * 1024;

const options = parseOptions(process.argv.slice(2));
try {
  const server = await startEventStoreDB(options);
  console.log(`EventStoreDB (embedded) listening on ${server.url}`);
  const stop = () => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(`EventStoreDB (embedded) cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(error instanceof DamagedStoreError ? EXIT_DAMAGED : EXIT_REFUSED);
}

function parseOptions(args: string[]): EventStoreDBOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '2113' },
        data: { type: 'string', default: './data/eventstoredb' },
        host: { type: 'string', default: '127.0.0.1' },
        'advertised-host': { type: 'string' },
        'max-append-size': { type: 'string' },
      },
    });
    const advertisedHost = values['advertised-host'];
    const maxAppendSize = values['max-append-size'];
    return {
      port: wholeNumber('--port', values.port, 0, 65_535),
      dataDir: values.data,
      host: values.host,
      ...(advertisedHost !== undefined && { advertisedHost }),
      ...(maxAppendSize !== undefined && {
        maxAppendSize: wholeNumber('--max-append-size', maxAppendSize, 1, LARGEST_APPEND),
      }),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return process.exit(EXIT_USAGE);
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${option} ${text} is not a whole number from ${least} to ${most}`);
}
