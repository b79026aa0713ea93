import { createHash } from 'node:crypto';
import { Command } from 'commander';
import { isPunctured } from '#adapters/key-ring';
import { openKeys, openModels } from '#adapters/ports';
import { createIds } from '#adapters/runtime';
import { examine, type Finding } from '#doctor';
import { projections } from '#product';
import { storesOf } from '../stores.js';
import { dataOption, jsonOption, wholeNumber } from './options.js';

interface Options {
  readonly sample: number;
  readonly count: boolean;
  readonly data: string;
  readonly json: boolean;
}

/** `ledger doctor`: looks whether the stores agree, and says what to do where they do not. Changes nothing. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check event store, read models, keys and the deletion audit against each other; changes nothing')
    .option('--sample <number>', 'contacts to fold anew from the log', wholeNumber(0, 100_000), 100)
    .option('--count', 'count all events too: reads the whole log', false)
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async ({ sample, count, data, json }: Options) => {
      const findings = await look(data, { sample, count });
      const ok = findings.every((finding) => finding.ok);
      process.stdout.write(json ? `${JSON.stringify({ ok, findings })}\n` : findings.map(told).join(''));
      if (!ok) process.exitCode = 1;
    });
}

async function look(dataDir: string, options: { sample: number; count: boolean }): Promise<readonly Finding[]> {
  const stores = await storesOf(dataDir);
  const keys = await openKeys(stores);
  const opened = openModels(stores, keys.ring);
  try {
    const ids = createIds(await keys.store.storeKey());
    const { store, engine } = opened;
    const { documents, readModels: models } = opened.mongo;
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const secrets = { keys: keys.store, isPunctured, ids, sha256 };
    const ports = { store, documents, models, projections, lag: () => engine.lag(), ...secrets };
    return await examine(ports, options);
  } finally {
    await opened.close();
    await keys.close();
  }
}

function told({ check, ok, found, advice }: Finding): string {
  return `${ok ? 'ok  ' : 'SICK'} ${check}: ${found}\n${advice === undefined ? '' : `     what to do: ${advice}\n`}`;
}
