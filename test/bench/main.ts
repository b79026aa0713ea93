import { benchEventStoreDB } from '../../libs/embedded/eventstoredb/bench/bench-eventstoredb.js';
import { benchMongoDB } from '../../libs/embedded/mongodb/bench/index.js';
import { benchCommands } from './commands.js';
import { benchEncryption } from './encryption.js';
import { benchErasure } from './erasure.js';
import type { Report } from './measure.js';
import { benchQueue } from './queue.js';
import { benchRebuild } from './rebuild.js';

// Prints ratios, each against a baseline of the same run. Absolute figures are for orientation.
const parts: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  commands: benchCommands,
  rebuild: benchRebuild,
  queue: benchQueue,
  encryption: benchEncryption,
  erasure: benchErasure,
  eventstoredb: benchEventStoreDB,
  mongodb: benchMongoDB,
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
for (const name of wanted) {
  const part = parts[name];
  if (!part) {
    process.stderr.write(`there is no part ${name} (there are ${Object.keys(parts).join(', ')})\n`);
    process.exit(2);
  }
  await part(({ name: row, ratio, detail }) => {
    process.stdout.write(`${row.padEnd(64)} ${ratio.toFixed(2).padStart(6)}   ${detail}\n`);
  });
}
process.exit(0);
