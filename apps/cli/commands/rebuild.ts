import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import type { StoreSettings } from '#adapters/configuration';
import { openKeys, openModels } from '#adapters/ports';
import { projections } from '#product';
import { storesOf } from '../stores.js';
import { dataOption, jsonOption } from './options.js';

interface Options {
  readonly all: boolean;
  readonly data: string;
  readonly json: boolean;
}

/** `ledger rebuild`: builds read models from nothing beside the live ones, in one pass over the events, and switches. */
export function rebuildCommand(): Command {
  const names = projections.map(({ name }) => name);
  return new Command('rebuild')
    .description('build read models from nothing beside the live ones, then switch; the worker must be running')
    .argument('[model...]', `which: ${names.join(', ')}`)
    .option('--all', 'all of them', false)
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (models: string[], { all, data, json }: Options, command: Command) => {
      const wanted = all ? names : models;
      if (wanted.length === 0) command.error('name a model, or --all');
      const unknown = wanted.filter((name) => !names.includes(name));
      if (unknown.length > 0) command.error(`no such model: ${unknown.join(', ')} (there are ${names.join(', ')})`);
      await rebuild(wanted, await storesOf(data), json);
    });
}

async function rebuild(models: readonly string[], stores: StoreSettings, json: boolean): Promise<void> {
  const keys = await openKeys(stores);
  const opened = openModels(stores, keys.ring);
  const bar = new SingleBar({
    format: 'rebuild {bar} {value}/{total} events  {left}',
    noTTYOutput: !process.stdout.isTTY,
  });
  try {
    if (!json) bar.start(0, 0, { left: '' });
    await opened.engine.rebuild(models, ({ done, total, secondsLeft }) => {
      bar.setTotal(total);
      bar.update(done, { left: secondsLeft === undefined ? '' : `${Math.ceil(secondsLeft)} s left` });
    });
    bar.stop();
    process.stdout.write(json ? `${JSON.stringify({ rebuilt: models })}\n` : `rebuilt: ${models.join(', ')}\n`);
  } finally {
    bar.stop();
    await opened.close();
    await keys.close();
  }
}
