import { createHmac } from 'node:crypto';
import type { ApiClient } from '../api-client.js';
import { createChance, firstNames, lastNames, stories } from './people.js';

// Secrets of the demo's own WhatsApp channel: the demo plays the provider, and so has to sign as it does.
const appSecret = 'demo-app-secret';
const verifyToken = 'demo-verify-token';

export interface Channels {
  readonly whatsapp: string;
  readonly shop: string;
  readonly app: string;
}

/** What happened, for the last words of the demo. */
export interface Tally {
  messages: number;
  replies: number;
  closed: number;
  vips: number;
  notes: number;
}

/** Connects the demo's three channels; a repetition on the same data finds them again. */
export async function connectChannels(api: ApiClient): Promise<Channels> {
  const connect = async (medium: string, name: string, settings: object) => {
    const { channelId } = await api.call<{ channelId: string }>({
      role: 'admin',
      method: 'POST',
      path: '/v1/channels',
      body: { medium, name, settings },
      key: `demo-channel-${name.replaceAll(' ', '-')}`,
    });
    return channelId;
  };
  return {
    whatsapp: await connect('whatsapp', 'WhatsApp', { appSecret, verifyToken }),
    shop: await connect('custom', 'Web shop', {}),
    app: await connect('custom', 'Mobile app', {}),
  };
}

/** Lets the agents in: each comes with a token once, and then an admin gives access to the channels. */
export async function admitAgents(api: ApiClient, channels: Channels, agents: readonly string[]): Promise<void> {
  const channelIds = Object.values(channels) as string[];
  for (const agent of agents) {
    await api.call({ role: agent, method: 'GET', path: '/v1/channels' });
    await api.call({ role: 'admin', method: 'PUT', path: `/v1/users/${agent}/channels`, body: { channelIds } });
  }
}

/** Person number `number` of the day writes their messages. The same day gives the same message ids. */
export async function writeMessages(
  api: ApiClient,
  channels: Channels,
  day: string,
  number: number,
  tally: Tally,
): Promise<void> {
  const chance = createChance(`${day}/${number}`);
  const medium = chance.pick(['whatsapp', 'shop', 'app'] as const);
  const name = { first: chance.pick(firstNames), last: chance.pick(lastNames) };
  const story = chance.pick(stories);
  for (const [i, text] of story.messages.entries()) {
    const externalMessageId = `demo-${day}-${number}-${i}`;
    if (medium === 'whatsapp') {
      await deliverWhatsApp(api, channels.whatsapp, { number, name, externalMessageId, text });
    } else {
      await api.call({
        role: 'service',
        method: 'POST',
        path: `/v1/channels/${channels[medium]}/inbound`,
        body: {
          externalMessageId,
          from: {
            externalUserId: `user-${day}-${number}`,
            displayName: `${name.first} ${name.last}`,
            profile: { firstName: name.first, lastName: name.last },
          },
          text,
        },
      });
    }
    tally.messages++;
  }
}

async function deliverWhatsApp(
  api: ApiClient,
  channelId: string,
  message: {
    readonly number: number;
    readonly name: { readonly first: string; readonly last: string };
    readonly externalMessageId: string;
    readonly text: string;
  },
): Promise<void> {
  const from = `49151${String(10_000_000 + message.number)}`;
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '4930123456', phone_number_id: 'demo-phone' },
    contacts: [{ profile: { name: `${message.name.first} ${message.name.last}` }, wa_id: from }],
    messages: [
      {
        from,
        id: `wamid.${message.externalMessageId}`,
        // Now, whatever the day is called: to an old message WhatsApp takes no free text.
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: 'text',
        text: { body: message.text },
      },
    ],
  };
  const body = {
    object: 'whatsapp_business_account',
    entry: [{ id: 'demo-account', changes: [{ field: 'messages', value }] }],
  };
  const signature = createHmac('sha256', appSecret).update(JSON.stringify(body)).digest('hex');
  await api.call({
    role: 'service',
    method: 'POST',
    path: `/v1/webhooks/whatsapp/${channelId}`,
    body,
    headers: { 'x-hub-signature-256': `sha256=${signature}` },
  });
}

export interface QueueItem {
  readonly conversationId: string;
  readonly contactId: string;
}

/** Who waits for an answer on the demo's channels: on others may be people whom no demo should answer. */
export async function whoWaits(api: ApiClient, channels: Channels): Promise<readonly QueueItem[]> {
  const waiting: QueueItem[] = [];
  for (const channelId of Object.values(channels) as string[]) waiting.push(...(await whoWaitsOn(api, channelId)));
  return waiting;
}

async function whoWaitsOn(api: ApiClient, channelId: string): Promise<readonly QueueItem[]> {
  const waiting: QueueItem[] = [];
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { readonly items: readonly QueueItem[]; readonly nextCursor?: string } = await api.call({
      role: 'agent',
      method: 'GET',
      path: `/v1/queue?status=new&channel=${channelId}&limit=200${after}`,
    });
    waiting.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return waiting;
}

/** A colleague reads a conversation, answers and perhaps closes it. Chance goes by its id: a second run changes nothing. */
export async function workOn(
  api: ApiClient,
  item: QueueItem,
  agents: readonly string[],
  tally: Tally,
): Promise<'closed' | 'open'> {
  const chance = createChance(item.conversationId);
  const role = chance.pick(agents);
  const key = (step: string) => `demo-${item.conversationId}-${step}`;
  if (chance.next() < 0.06) {
    await api.call({ role, method: 'PUT', path: `/v1/contacts/${item.contactId}/vip`, key: key('vip') });
    tally.vips++;
  }
  if (chance.next() < 0.15) {
    const body = { text: 'Prefers to be called in the morning.' };
    await api.call({ role, method: 'POST', path: `/v1/contacts/${item.contactId}/notes`, body, key: key('note') });
    tally.notes++;
  }
  if (chance.next() < 0.25) return 'open';

  const conversation = `/v1/conversations/${item.conversationId}`;
  const { items } = await api.call<{ items: { text?: string }[] }>({
    role,
    method: 'GET',
    path: `${conversation}/messages`,
  });
  const story = stories.find((candidate) => items.some((message) => message.text === candidate.messages[0]));
  if (story === undefined) return 'open';
  for (const [i, text] of story.answers.entries()) {
    await api.call({ role, method: 'POST', path: `${conversation}/messages`, body: { text }, key: key(`answer-${i}`) });
    tally.replies++;
  }
  if (chance.next() < 0.3) return 'open';
  await api.call({
    role,
    method: 'POST',
    path: `${conversation}/close`,
    body: { summary: story.summary },
    key: key('close'),
  });
  tally.closed++;
  return 'closed';
}

/** An admin deletes a contact, repeating its hint as the rule wants it. */
export async function deleteContact(api: ApiClient, contactId: string): Promise<{ erasureId: string; hint: string }> {
  const { hint } = await api.call<{ hint: string }>({
    role: 'admin',
    method: 'GET',
    path: `/v1/contacts/${contactId}`,
  });
  const { erasureId } = await api.call<{ erasureId: string }>({
    role: 'admin',
    method: 'DELETE',
    path: `/v1/contacts/${contactId}`,
    body: { hint, reason: 'requested' },
    key: `demo-delete-${contactId}`,
  });
  return { erasureId, hint };
}
