import { Command } from 'commander';
import { addMasterKey, openKeyStore } from '#adapters/keystore';
import { systemClock } from '#adapters/runtime';
import { storesOf } from '../stores.js';
import { dataOption, jsonOption } from './options.js';

/** `ledger keys rotate`: a new version of the master key, and everything wrapped under it. Events stay as they are. */
export function keysCommand(): Command {
  return new Command('keys').description('the keys of contacts').addCommand(
    new Command('rotate')
      .description('add a version of the master key and wrap every key under it; the system may go on running')
      .addOption(dataOption())
      .addOption(jsonOption())
      .action(async ({ data, json }: { data: string; json: boolean }) => {
        const { keyStoreUrl, masterKeys } = await storesOf(data);
        // From the environment, the newest version is already the one to wrap under.
        if ('file' in masterKeys) addMasterKey(masterKeys.file, systemClock.now());
        const store = await openKeyStore({ url: keyStoreUrl, masterKeys });
        try {
          const rewrapped = await store.rewrap();
          const text = `${rewrapped} keys stand under the newest master key; older versions are needed for backups only`;
          process.stdout.write(`${json ? JSON.stringify({ rewrapped }) : text}\n`);
        } finally {
          await store.close();
        }
      }),
  );
}
