import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import Fastify from 'fastify';
import { createSender } from './http-load.js';
import { alternate, load, median, type Measured, type Report } from './measure.js';
import { install } from './programs.js';

const runs = 5;
const milliseconds = 3_000;
const conversations = 64;

type Sender = ReturnType<typeof createSender>;

function inboundBody(person: number, message: string) {
  return {
    externalMessageId: message,
    from: { externalUserId: `person-${person}`, displayName: 'Amina Okafor' },
    text: 'Hello, I have a question about my last order, it has not arrived yet.',
  };
}

async function openConversations(admin: Sender, service: Sender): Promise<string> {
  const connected = await admin.send('POST', '/v1/channels', { medium: 'custom', name: 'Bench' });
  const { channelId } = JSON.parse(connected.body) as { channelId: string };
  for (let person = 0; person < conversations; person++) {
    const opened = await service.send(
      'POST',
      `/v1/channels/${channelId}/inbound`,
      inboundBody(person, `first-${person}`),
    );
    if (opened.status !== 201) throw new Error(`opening answered ${opened.status}: ${opened.body}`);
  }
  return channelId;
}

/** The same client appending one event per stream: what the commands cannot be faster than. */
function clientAppend(client: EventStoreDBClient, atOnce: number): () => Promise<Measured> {
  let run = 0;
  return () => {
    const prefix = `bench-${atOnce}-${process.hrtime.bigint()}-${run++}`;
    return load(atOnce, milliseconds, async (i) => {
      const event = jsonEvent({ type: 'BenchEvent', data: inboundBody(i, `m-${i}`), metadata: { at: '2026-01-01' } });
      await client.appendToStream(`${prefix}-${i}`, event);
    });
  };
}

/** A route that validates a body of the same shape and answers. */
async function bareHttp(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = Fastify();
  const text = { type: 'string', maxLength: 10_000 } as const;
  const from = {
    type: 'object',
    properties: { externalUserId: text, displayName: text },
    required: ['externalUserId'],
  };
  const body = {
    type: 'object',
    properties: { externalMessageId: text, from, text },
    required: ['externalMessageId', 'from'],
  };
  server.post('/inbound', { schema: { body } }, (_request, reply) =>
    reply.code(201).send({ messageId: 'm', position: 'p' }),
  );
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return { url, close: () => server.close() };
}

export interface InboundLoad {
  run(atOnce: number): Promise<Measured>;
  close(): void;
}

/** Customers who write through the API at `url`, on a channel of their own. */
export async function createInboundLoad(url: string, tokens: Readonly<Record<string, string>>): Promise<InboundLoad> {
  const admin = createSender(url, tokens['admin'] ?? '', 1);
  const service = createSender(url, tokens['service'] ?? '', 64);
  const channelId = await openConversations(admin, service);
  return {
    run: (atOnce) => {
      const prefix = String(process.hrtime.bigint());
      return load(atOnce, milliseconds, async (i) => {
        const body = inboundBody(i % Math.min(atOnce, conversations), `${prefix}-${i}`);
        const answer = await service.send('POST', `/v1/channels/${channelId}/inbound`, body);
        if (answer.status !== 201) throw new Error(`inbound answered ${answer.status}: ${answer.body}`);
      });
    },
    close: () => {
      admin.close();
      service.close();
    },
  };
}

const perSecond = (measured: readonly Measured[]) => median(measured.map((each) => each.perSecond));
const rounded = (value: number) => Math.round(value).toLocaleString('en');

/** Rows P1 and P2: durable commands over HTTP against the bare client. */
export async function benchCommands(report: Report): Promise<void> {
  const installation = await install();
  const client = EventStoreDBClient.connectionString(installation.eventStoreUrl);
  const bare = await bareHttp();
  const inbound = await createInboundLoad(installation.apiUrl, installation.tokens);
  const bareSender = createSender(bare.url, '', 1);
  try {
    await inbound.run(64);
    installation.worker.signal('SIGSTOP');
    await throughput(report, 'P1 inbound at 64, worker stopped (≥ 0.30)', client, inbound);
    await alone(report, client, inbound, bareSender);
    installation.worker.signal('SIGCONT');
    await throughput(report, 'P1 inbound at 64, everything running (≥ 0.18)', client, inbound);
  } finally {
    installation.worker.signal('SIGCONT');
    inbound.close();
    bareSender.close();
    await client.dispose();
    await bare.close();
    await installation.stop();
  }
}

async function throughput(
  report: Report,
  name: string,
  client: EventStoreDBClient,
  inbound: InboundLoad,
): Promise<void> {
  const { append, command } = await alternate(runs, {
    append: clientAppend(client, 64),
    command: () => inbound.run(64),
  });
  report({
    name,
    ratio: perSecond(command) / perSecond(append),
    detail: `${rounded(perSecond(command))}/s against ${rounded(perSecond(append))}/s of the client; p99 ${Math.round(median(command.map((each) => each.p99)))} ms`,
  });
}

async function alone(report: Report, client: EventStoreDBClient, inbound: InboundLoad, bare: Sender): Promise<void> {
  const { append, http, command } = await alternate(runs, {
    append: clientAppend(client, 1),
    http: () =>
      load(1, milliseconds / 3, async (i) => {
        await bare.send('POST', '/inbound', inboundBody(0, `m-${i}`));
      }),
    command: () => inbound.run(1),
  });
  const p50 = (measured: readonly Measured[]) => median(measured.map((each) => each.p50));
  report({
    name: 'P2 one command alone (p50 ≤ 1.0 of 1.5 × append + bare HTTP)',
    ratio: p50(command) / (1.5 * p50(append) + p50(http)),
    detail: `p50 ${p50(command).toFixed(2)} ms; append ${p50(append).toFixed(2)} ms, bare HTTP ${p50(http).toFixed(2)} ms`,
  });
}
