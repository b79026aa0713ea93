import { Command, Option } from 'commander';
import { devSigningKey, devUsers, issueToken, type TokenClaims } from '#adapters/dev-tokens';
import { dataOption, jsonOption } from './options.js';

interface Options {
  readonly user: string;
  readonly role: TokenClaims['role'];
  readonly name: string;
  readonly data: string;
  readonly json: boolean;
}

/** `ledger token`: one more token of a standalone data directory. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('make a token for the system that runs on the data directory')
    .requiredOption('--user <id>', 'the subject')
    .addOption(
      new Option('--role <role>', 'what it may do').choices(devUsers.map((user) => user.role)).makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'how it is shown to others')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async ({ user, role, name, data, json }: Options) => {
      const token = await issueToken(await devSigningKey(data), { userId: user, role, name });
      process.stdout.write(`${json ? JSON.stringify({ token }) : token}\n`);
    });
}
