import { token } from './test-api.js';
import type { Answer, TestApi } from './test-api.js';

/** Makes what requests are made about; each call something new, all of it on the shop's channel. */
export interface Desk {
  readonly shop: string;
  /** A channel on which nobody has written. */
  readonly night: string;
  /** Sends as somebody who may: an admin, unless another token is given. */
  send(route: string, json?: object, bearer?: string): Promise<Answer>;
  /** The value of this field of the answer. */
  made(field: string, route: string, json: object, bearer?: string): Promise<string>;
  /** Somebody who has just written, and the conversation. */
  written(): Promise<{
    readonly contactId: string;
    readonly conversationId: string;
    readonly messageId: string;
  }>;
  /** Where the log stands after everything that was made. */
  position(): string;
}

/** Two channels and two agents, `insider` with access to the shop, `outsider` to the other one only. */
export async function openDesk(api: TestApi): Promise<Desk> {
  const [admin, service] = [await token('admin'), await token('service')];
  let position = '';
  let number = 0;
  const send: Desk['send'] = async (route, json, bearer = admin) => {
    const answer = await api.call(route, { token: bearer, ...(json && { json }) });
    if (answer.status >= 300) throw new Error(`${route}: ${answer.status} ${JSON.stringify(answer.body)}`);
    const { position: reached = position } = answer.body as { readonly position?: string };
    position = reached;
    return answer;
  };
  const made: Desk['made'] = async (field, route, json, bearer) =>
    String((await send(route, json, bearer)).body[field]);
  const connect = (name: string) => made('channelId', 'POST /v1/channels', { medium: 'custom', name });
  const [shop, night] = [await connect('Shop'), await connect('Night')];
  for (const [userId, channelId] of [
    ['insider', shop],
    ['outsider', night],
  ] as const) {
    await send('POST /v1/users', { userId, name: userId, role: 'agent' });
    await send(`PUT /v1/users/${userId}/channels`, { channelIds: [channelId] });
  }
  return {
    shop,
    night,
    send,
    made,
    async written() {
      number++;
      const from = { externalUserId: `person${number}`, displayName: 'Needle' };
      const json = { externalMessageId: `message${number}`, from, text: 'needle in the hay' };
      const { body } = await send(`POST /v1/channels/${shop}/inbound`, json, service);
      return {
        contactId: String(body['contactId']),
        conversationId: String(body['conversationId']),
        messageId: String(body['messageId']),
      };
    },
    position: () => position,
  };
}
