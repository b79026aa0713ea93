import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { ApiProblem, localApi } from '../api-client.js';
import { bearerOption, dataOption, urlOption, wholeNumber } from './options.js';

interface Options {
  readonly types?: string;
  readonly stream?: string;
  readonly from?: string;
  readonly to?: string;
  readonly backwards: boolean;
  readonly follow: boolean;
  readonly limit?: number;
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
}

const pauseMs = 1_000;

/** `ledger replay`: the events of the log, a line of JSON each; the same filters as `GET /v1/events`. */
export function replayCommand(): Command {
  return (
    new Command('replay')
      .description('print the events of the log, a line of JSON each; personal fields are not shown')
      .option('--types <types>', 'event types, separated by commas')
      .option('--stream <name>', 'one stream')
      .option('--from <place>', 'begin after this position (as a line carries it, or a number), or at this time')
      .option('--to <place>', 'the last position or time')
      .option('--backwards', 'newest first', false)
      .option('--follow', 'go on with what is yet to happen', false)
      .option('--limit <number>', 'at most so many', wholeNumber(1, 999_999_999))
      .addOption(dataOption())
      .addOption(urlOption())
      .addOption(bearerOption())
      // Lines of JSON are the only form there is; the option is taken because every command takes it.
      .option('--json', 'answer in JSON, which is the only form there is', true)
      .action(async ({ data, url, token, ...wanted }: Options) => {
        const api = await localApi({ dataDir: data, ...(url && { url }), ...(token && { token }) });
        // Whoever reads our lines (`| head`) has had enough.
        process.stdout.once('error', () => process.exit(0));
        let { from, limit } = wanted;
        for (;;) {
          try {
            for await (const line of api.lines({ role: 'auditor', path: pathOf({ ...wanted, from, limit }) })) {
              const { heartbeat, position } = JSON.parse(line) as { heartbeat?: true; position: string };
              from = position;
              if (heartbeat) continue;
              process.stdout.write(`${line}\n`);
              limit &&= limit - 1;
            }
            return;
          } catch (error) {
            // Who follows goes on after the last line when the system is back.
            if (!wanted.follow || (error instanceof ApiProblem && error.status !== 503)) throw error;
            await delay(pauseMs);
          }
        }
      })
  );
}

function pathOf({
  types,
  stream,
  from,
  to,
  backwards,
  follow,
  limit,
}: Omit<Options, 'data' | 'from' | 'limit'> & {
  readonly from: string | undefined;
  readonly limit: number | undefined;
}): string {
  const query = new URLSearchParams({
    ...(types !== undefined && { types }),
    ...(stream !== undefined && { stream }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    direction: backwards ? 'backwards' : 'forwards',
    follow: String(follow),
    ...(limit !== undefined && { limit: String(limit) }),
  });
  return `/v1/events?${query.toString()}`;
}
