import { startMongoDB } from '../index.js';
import { decodeDocument } from '../values/index.js';
import { startCannedServer } from './canned-server.js';

// A process of its own, as in production: `server-process.js real DIR` or `server-process.js canned HEX-OF-REPLY`.
const [, , kind, argument = ''] = process.argv;
const { url } =
  kind === 'real'
    ? await startMongoDB({ dataDir: argument })
    : await startCannedServer(decodeDocument(Buffer.from(argument, 'hex')));
process.stdout.write(`${url}\n`);
