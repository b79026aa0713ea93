import { Command } from 'commander';
import { devSigningKey, issueToken } from '#adapters/dev-tokens';
import { localApi } from '../api-client.js';
import { runDemo } from '../demo/demo.js';
import { bearerOption, dataOption, day, jsonOption, urlOption, wholeNumber } from './options.js';

interface Options {
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
  readonly people: number;
  readonly day: string;
  readonly json: boolean;
}

/** `ledger demo`: a believable day through the HTTP API of the running system. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('drive a believable day through the API: people write, colleagues answer, one contact is deleted')
    .option('--people <number>', 'how many people write', wholeNumber(1, 100_000), 300)
    .option('--day <day>', 'which day; the same day again changes nothing', day, new Date().toISOString().slice(0, 10))
    .addOption(dataOption())
    .addOption(urlOption())
    .addOption(bearerOption())
    .addOption(jsonOption())
    .action(async ({ data, url, token, ...options }: Options) => {
      // With a token of the caller's there is nobody else to work; on a data directory of our own there is a team.
      const more = token === undefined ? await team(data) : {};
      const api = await localApi({ dataDir: data, ...(url && { url }), ...(token && { token }), more });
      await runDemo(api, { ...options, agents: token === undefined ? Object.keys(more) : ['agent'] });
    });
}

async function team(dataDir: string): Promise<Record<string, string>> {
  const key = await devSigningKey(dataDir);
  const tokens: Record<string, string> = {};
  for (const name of ['Carla', 'Dmitri', 'Esther', 'Farouk', 'Gita']) {
    const userId = `demo-${name.toLowerCase()}`;
    tokens[userId] = await issueToken(key, { userId, role: 'agent', name });
  }
  return tokens;
}
