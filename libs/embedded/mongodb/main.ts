import { parseArgs } from 'node:util';
import { DataDirectoryLocked, startMongoDB, UnknownFormat } from './index.js';

const USAGE =
  'usage: embedded:mongodb -- --data DIR [--port N] [--host ADDRESS]   (port 27017, host 127.0.0.1 by default)';
const DEFAULT_PORT = 27017;

function readArguments(): { port: number; dataDir: string; host: string } | undefined {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, data: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' } },
    });
    const port = Number(values.port ?? DEFAULT_PORT);
    if (values.data === undefined || !Number.isInteger(port) || port < 0 || port > 65535) return undefined;
    return { port, dataDir: values.data, host: values.host };
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const options = readArguments();
  if (options === undefined) {
    console.error(USAGE);
    process.exit(2);
  }
  const server = await startMongoDB(options);
  console.log(`MongoDB (embedded) listening on ${server.url}`);
  const stop = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  const expected = error instanceof DataDirectoryLocked || error instanceof UnknownFormat || isListenError(error);
  console.error(expected && error instanceof Error ? `embedded MongoDB: ${error.message}` : error);
  process.exit(1);
});

const isListenError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && error.syscall === 'listen';
