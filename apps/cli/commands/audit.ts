import { Command } from 'commander';
import { localApi } from '../api-client.js';
import { bearerOption, dataOption, jsonOption, urlOption } from './options.js';

interface Options {
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
  readonly json: boolean;
}

interface Verification {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: string;
}

/** `ledger audit verify`: recomputes the hash chain of the deletion audit. Fails when it does not hold. */
export function auditCommand(): Command {
  return new Command('audit').description('the audit of deletions').addCommand(
    new Command('verify')
      .description('recompute the hash chain over every deletion')
      .addOption(dataOption())
      .addOption(urlOption())
      .addOption(bearerOption())
      .addOption(jsonOption())
      .action(async ({ data, url, token, json }: Options) => {
        const api = await localApi({ dataDir: data, ...(url && { url }), ...(token && { token }) });
        const path = '/v1/audit/deleted-contacts/verify';
        const found = await api.call<Verification>({ role: 'auditor', method: 'GET', path });
        const words = found.ok ? 'the chain holds' : 'THE CHAIN IS BROKEN';
        process.stdout.write(
          `${json ? JSON.stringify(found) : `${words}: ${found.entries} deletions, head ${found.head}`}\n`,
        );
        if (!found.ok) process.exitCode = 1;
      }),
  );
}
