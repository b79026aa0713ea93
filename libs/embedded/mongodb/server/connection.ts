import { once } from 'node:events';
import type { Socket } from 'node:net';
import { execute } from '../commands/execute.js';
import type { Client, Server } from '../commands/command.js';
import { decodeDocument, encodeDocument } from '../values/index.js';
import type { Document } from '../values/index.js';
import { FrameReader, ProtocolError } from '../wire/frames.js';
import { frameOpMsg, OP_MSG, OP_MSG_HEADROOM, readOpMsg } from '../wire/op-msg.js';
import type { RequestMessage } from '../wire/op-msg.js';
import { OP_QUERY, readOpQuery, writeOpReply } from '../wire/op-query.js';

/** Bytes that may wait behind the request in work before the peer is told to stop sending. */
const READ_AHEAD_BYTES = 256 * 1024;
const HANDSHAKES = new Set(['hello', 'isMaster', 'ismaster']);

let lastReplyId = 0;

/**
 * Serves one connection: a request at a time in the order they came, so that what one client has in flight is bounded,
 * and a reader who does not read stops being served. Resolves when the connection has closed.
 */
export async function serveConnection(socket: Socket, id: number, server: Server): Promise<void> {
  const closed = new AbortController();
  const client: Client = { id, remoteAddress: address(socket), metadata: undefined, closed: closed.signal };
  const frames = new FrameReader();
  let busy = false;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    frames.push(chunk);
    if (!busy) void serveFrames();
    else if (frames.buffered > READ_AHEAD_BYTES) socket.pause();
  });
  const send: Send = async (reply) => {
    if (!socket.write(reply)) await once(socket, 'drain', { signal: closed.signal });
  };
  const serveFrames = async (): Promise<void> => {
    busy = true;
    try {
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        const reply = await answer(frame, client, server, send);
        if (reply !== undefined && !socket.write(reply)) await once(socket, 'drain', { signal: closed.signal });
      }
    } catch (error) {
      // A peer that breaks the protocol, or leaves while its answer is on the way, can be told nothing.
      if (!(error instanceof ProtocolError || closed.signal.aborted)) console.error(error);
      socket.destroy();
    }
    busy = false;
    socket.resume();
  };
  await new Promise<void>((resolve) => socket.once('close', resolve));
  closed.abort();
}

type Send = (reply: Buffer) => Promise<void>;

async function answer(frame: Buffer, client: Client, server: Server, send: Send): Promise<Buffer | undefined> {
  const opcode = frame.readInt32LE(12);
  if (opcode === OP_MSG) {
    const message = readOpMsg(frame);
    const reply = await execute(message, client, server);
    if (message.unacknowledged) return undefined;
    if (message.exhaustAllowed && isAwaited(message.body)) return stream(message, reply, client, server, send);
    return frameOpMsg(++lastReplyId | 0, message.requestId, encodeDocument(reply, OP_MSG_HEADROOM));
  }
  if (opcode !== OP_QUERY) throw new ProtocolError(`opcode ${opcode} is not supported`);
  const message = handshake(frame);
  return writeOpReply(++lastReplyId | 0, message.requestId, encodeDocument(await execute(message, client, server)));
}

/**
 * Drivers watch a server by one hello that it goes on answering. One that stopped would count as failed, and its
 * connections would be thrown away every ten seconds. Ends with the client, or with a refusal, which is the last reply.
 */
async function stream(
  message: RequestMessage,
  first: Document,
  client: Client,
  server: Server,
  send: Send,
): Promise<Buffer | undefined> {
  let responseTo = message.requestId;
  for (let reply = first; !client.closed.aborted; reply = await execute(message, client, server)) {
    const replyId = ++lastReplyId | 0;
    if (reply.get('errmsg') !== undefined)
      return frameOpMsg(replyId, responseTo, encodeDocument(reply, OP_MSG_HEADROOM));
    await send(frameOpMsg(replyId, responseTo, encodeDocument(reply, OP_MSG_HEADROOM), true));
    responseTo = replyId;
  }
  return undefined;
}

function isAwaited(body: Buffer): boolean {
  return readHandshake(body)?.get('maxAwaitTimeMS') !== undefined;
}

/** OP_QUERY is understood for the first hello only; it says in its namespace what OP_MSG says in `$db`. */
function handshake(frame: Buffer): RequestMessage {
  const { requestId, namespace, body } = readOpQuery(frame);
  const command = readHandshake(body);
  if (namespace !== 'admin.$cmd' || command === undefined)
    throw new ProtocolError('OP_QUERY is for the handshake only');
  return {
    requestId,
    unacknowledged: false,
    exhaustAllowed: false,
    body: encodeDocument(command.set('$db', 'admin')),
    sequences: [],
  };
}

function readHandshake(body: Buffer): Document | undefined {
  try {
    const command = decodeDocument(body);
    const [name] = command.keys();
    return name !== undefined && HANDSHAKES.has(name) ? command : undefined;
  } catch {
    return undefined;
  }
}

const address = (socket: Socket): string => `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
