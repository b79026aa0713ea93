import { SingleBar } from 'cli-progress';
import { ApiProblem, type ApiClient } from '../api-client.js';
import {
  admitAgents,
  connectChannels,
  deleteContact,
  whoWaits,
  workOn,
  writeMessages,
  type QueueItem,
  type Tally,
} from './day.js';

export interface DemoOptions {
  readonly people: number;
  /** `YYYY-MM-DD`: another day brings other people. */
  readonly day: string;
  readonly json: boolean;
  /** Names of the tokens that the colleagues work with. */
  readonly agents: readonly string[];
}

const atOnce = 8;

/** Drives a believable day through the API: people write, colleagues answer and close, an admin deletes one contact. */
export async function runDemo(api: ApiClient, options: DemoOptions): Promise<void> {
  const tally: Tally = { messages: 0, replies: 0, closed: 0, vips: 0, notes: 0 };
  const channels = await connectChannels(api);
  if (options.agents[0] !== 'agent') await admitAgents(api, channels, options.agents);
  const people = Array.from({ length: options.people }, (_, number) => number);
  await withProgress('people write   ', people, options, (number) =>
    writeMessages(api, channels, options.day, number, tally),
  );
  const done: QueueItem[] = [];
  await withProgress('colleagues work', await whoWaits(api, channels), options, async (item) => {
    if ((await workOn(api, item, options.agents, tally).catch(gone)) === 'closed') done.push(item);
  });
  const leaving = done.sort((a, b) => (a.contactId < b.contactId ? -1 : 1))[0];
  const deletion = leaving && { contactId: leaving.contactId, ...(await deleteContact(api, leaving.contactId)) };
  report(api, options, tally, deletion);
}

/** Who was deleted since the queue was read has nothing left to work on. */
function gone(fault: unknown): 'gone' {
  if (fault instanceof ApiProblem && fault.status === 410) return 'gone';
  throw fault;
}

async function withProgress<T>(
  title: string,
  items: readonly T[],
  options: DemoOptions,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const bar = new SingleBar({ format: `${title} {bar} {value}/{total}  {eta_formatted}`, noTTYOutput: false });
  if (!options.json) bar.start(items.length, 0);
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) {
        await work(item);
        bar.increment();
      }
    }),
  );
  bar.stop();
}

function report(
  api: ApiClient,
  options: DemoOptions,
  tally: Tally,
  deletion: { contactId: string; hint: string } | undefined,
): void {
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ people: options.people, ...tally, deleted: deletion?.contactId ?? null })}\n`,
    );
    return;
  }
  process.stdout.write(`
${options.people} people wrote ${tally.messages} messages; colleagues wrote ${tally.replies} replies and closed ${tally.closed} conversations.
${deletion ? `Contact ${deletion.contactId} (${deletion.hint}) was deleted.` : ''}

Look at it (AGENT and ADMIN are tokens of dev-tokens.json):
  who waits, longest first    curl -H "Authorization: Bearer $AGENT" '${api.url}/v1/queue?status=new&limit=5'
  how many                    curl -H "Authorization: Bearer $AGENT" ${api.url}/v1/queue/counters
  deletions, and their proof  curl -H "Authorization: Bearer $ADMIN" ${api.url}/v1/audit/deleted-contacts
                              curl -H "Authorization: Bearer $ADMIN" ${api.url}/v1/audit/deleted-contacts/verify
`);
}
