import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { copyLog } from '#adapters/eventstoredb-copy';
import { jsonOption } from './options.js';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly json: boolean;
}

/** `ledger copy`: makes the log of one EventStoreDB, embedded or not, that of another, and verifies it. */
export function copyCommand(): Command {
  return new Command('copy')
    .description('copy an event log to another server, or bring the copy up to date; nothing may write meanwhile')
    .requiredOption('--from <url>', 'connection string of the server to copy, esdb://…')
    .requiredOption('--to <url>', 'connection string of an empty server, or of one that holds a part of the copy')
    .addOption(jsonOption())
    .action(async ({ from, to, json }: Options) => {
      const bar = new SingleBar({ format: '{phase} {bar} {percentage} %', noTTYOutput: !process.stdout.isTTY });
      if (!json) bar.start(0, 0, { phase: 'survey' });
      try {
        const onProgress = (phase: string, done: bigint, total: bigint): void => {
          bar.setTotal(Number(total));
          bar.update(Number(done), { phase: phase.padEnd('survey'.length) });
        };
        const report = await copyLog({ from, to, onProgress });
        bar.stop();
        const { events, copied, sha256 } = report;
        const words = `copied ${copied} of ${events} events; source and target have the SHA-256 ${sha256}`;
        process.stdout.write(`${json ? JSON.stringify(report) : words}\n`);
      } finally {
        bar.stop();
      }
    });
}
