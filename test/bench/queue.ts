import { MongoClient } from 'mongodb';
import { devSigningKey, issueToken } from '#adapters/dev-tokens';
import type { QueueDocument } from '#conversations/queue';
import { createSender } from './http-load.js';
import { alternate, load, median } from './measure.js';
import type { Measured, Report } from './measure.js';
import { install } from './programs.js';

const open = 100_000;
const channels = 40;
const ofAgent = 5;
/** One in so many conversations has the topic. */
const rare = 1_000;
const milliseconds = 1_000;
const runs = 5;

type Stored = QueueDocument & { readonly _id: string; readonly _at: number };

/**
 * P6: a page of 50 of the queue among 100,000 open conversations, for an agent with 5 of 40 channels, with a filter that
 * one in 1,000 matches; at the database and over HTTP, beside the same client's find by id.
 */
export async function benchQueue(report: Report): Promise<void> {
  const installation = await install();
  const client = await MongoClient.connect(installation.mongoUrl);
  try {
    const admin = senderAs(installation.apiUrl, installation.tokens['admin'] ?? '');
    const channelIds = await connectChannels(admin);
    const queue = client.db('inbox').collection<Stored>('queue');
    for (let from = 0; from < open; from += 5_000) {
      await queue.insertMany(Array.from({ length: 5_000 }, (_, i) => conversation(from + i, channelIds)));
    }
    const token = await agentWith(admin, installation.env['DATA_DIR'] ?? '', channelIds.slice(0, ofAgent));
    const agent = senderAs(installation.apiUrl, token);
    const seen = { channelIds: { $in: channelIds.slice(0, ofAgent) } };
    for (const [name, query, path] of [
      ['the whole queue', seen, '?limit=50'],
      ['a filter of 0.1 %', { ...seen, topics: 'rare' }, '?limit=50&topic=rare'],
    ] as const) {
      const page = () => queue.find(query).sort({ 'ranks.even.first': 1, 'ranks.even.second': 1, _id: 1 }).limit(51);
      const { executionStats } = (await page().explain('executionStats')) as Explained;
      const measured = await sideBySide(
        () => page().toArray(),
        () => agent('GET', `/v1/queue${path}`),
        (i) => queue.findOne({ _id: `c${i % open}.1` }),
      );
      const { database, http, byId } = measured;
      const explained = `${stagesOf(executionStats.executionStages).join(' < ')}, ${executionStats.totalKeysExamined} keys, ${executionStats.totalDocsExamined} documents for ${executionStats.nReturned}`;
      report({
        name: `P6 queue page of 50, ${name}: database / find by id`,
        ratio: database.p50 / byId.p50,
        detail: `p99 ${database.p99.toFixed(1)} ms (≤ 10) at the database, ${http.p99.toFixed(1)} ms (≤ 20) over HTTP; ${explained}`,
      });
    }
  } finally {
    await client.close();
    await installation.stop();
  }
}

interface Stage {
  readonly stage: string;
  readonly indexName?: string;
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
}

interface Explained {
  readonly executionStats: {
    readonly nReturned: number;
    readonly totalKeysExamined: number;
    readonly totalDocsExamined: number;
    readonly executionStages: Stage;
  };
}

function stagesOf({ stage, indexName, inputStage, inputStages = [] }: Stage): readonly string[] {
  const below = inputStage ? [inputStage] : inputStages.slice(0, 1);
  return [indexName === undefined ? stage : `${stage} ${indexName}`, ...below.flatMap(stagesOf)];
}

type Work = (i: number) => Promise<unknown>;

async function sideBySide(database: Work, http: Work, byId: Work) {
  const measuring = (work: Work) => () =>
    load(1, milliseconds, async (i) => {
      await work(i);
    });
  const all = await alternate(runs, {
    database: measuring(database),
    http: measuring(http),
    byId: measuring(byId),
  });
  const middle = (measured: readonly Measured[]) => ({
    p50: median(measured.map(({ p50 }) => p50)),
    p99: median(measured.map(({ p99 }) => p99)),
  });
  return { database: middle(all.database), http: middle(all.http), byId: middle(all.byId) };
}

function conversation(i: number, channelIds: readonly string[]): Stored {
  const channelId = channelIds[i % channels] ?? '';
  const since = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
  const score = (i * 7_919) % 50;
  const rank = { score, first: score === 0 ? 0 : -score, second: Date.parse(since) };
  return {
    _id: `c${i}.1`,
    _at: 1,
    contactId: `c${i}`,
    contactIds: [`c${i}`],
    naming: { givenName: `Contact ${i}`, values: [], identities: [] },
    vip: false,
    memberships: [],
    userId: i % 3 === 0 ? `agent-${i % 97}` : null,
    teamId: null,
    channelId,
    medium: 'custom',
    channelIds: [channelId],
    openedAt: since,
    // On whatever channel.
    topics: i % rare === Math.floor(i / rare) % channels ? ['rare'] : ['common'],
    mentions: [],
    status: 'new',
    waitingSince: since,
    snoozedUntil: null,
    waitedSince: null,
    ranks: { even: rank, odd: rank },
  };
}

async function connectChannels(admin: Sender): Promise<readonly string[]> {
  const connect = (_: unknown, i: number) => admin('POST', '/v1/channels', { medium: 'custom', name: `Channel ${i}` });
  const connected = await Promise.all(Array.from({ length: channels }, connect));
  return connected.map((body) => (JSON.parse(body) as { channelId: string }).channelId);
}

async function agentWith(admin: Sender, dataDir: string, channelIds: readonly string[]): Promise<string> {
  const userId = 'bench-agent';
  await admin('POST', '/v1/users', { userId, name: 'Bench', role: 'agent' });
  await admin('PUT', `/v1/users/${userId}/channels`, { channelIds });
  return issueToken(await devSigningKey(dataDir), { userId, role: 'agent', name: 'Bench' });
}

type Sender = (method: string, path: string, body?: object) => Promise<string>;

/** Throws when it is not answered well: what is measured has to be right. */
function senderAs(apiUrl: string, token: string): Sender {
  const sender = createSender(apiUrl, token, 4);
  return async (method, path, json) => {
    const { status, body } = await sender.send(method, path, json);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}`);
    return body;
  };
}
