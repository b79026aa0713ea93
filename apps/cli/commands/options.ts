import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';

export const dataOption = () =>
  new Option('--data <dir>', 'data directory of the running system')
    .env('DATA_DIR')
    .default('./data')
    .argParser((dir: string) => resolve(dir));

export const urlOption = () => new Option('--url <url>', 'the API; default: the one that runs on the data directory');

export const bearerOption = () =>
  new Option('--token <jwt>', 'token to call with; default: the tokens of the data directory').env('LEDGER_TOKEN');

export const jsonOption = () => new Option('--json', 'answer in JSON, without progress').default(false);

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`a whole number from ${least} to ${most} is wanted`);
    }
    return value;
  };
}

export function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('a day as YYYY-MM-DD is wanted');
  }
  return text;
}
