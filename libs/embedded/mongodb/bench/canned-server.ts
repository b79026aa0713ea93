import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { decodeDocument, Document, encodeDocument, int32 } from '../values/index.js';
import { FrameReader } from '../wire/frames.js';
import { frameOpMsg, OP_MSG, OP_MSG_HEADROOM, readOpMsg } from '../wire/op-msg.js';
import { readOpQuery, writeOpReply } from '../wire/op-query.js';

const HELLO = new Document([
  ['ismaster', true],
  ['isWritablePrimary', true],
  ['helloOk', true],
  ['maxBsonObjectSize', int32(16 * 1024 * 1024)],
  ['maxMessageSizeBytes', int32(48_000_000)],
  ['maxWriteBatchSize', int32(100_000)],
  ['minWireVersion', int32(0)],
  ['maxWireVersion', int32(21)],
  ['readOnly', false],
  ['ok', 1],
]);

/** Listens like a MongoDB and answers every command with the same bytes: what the driver and the sockets cost alone. */
export async function startCannedServer(reply: Document): Promise<{ url: string; close(): void }> {
  const hello = encodeDocument(HELLO);
  const canned = encodeDocument(reply);
  const server = createServer((socket) => {
    const frames = new FrameReader();
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      frames.push(chunk);
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        if (frame.readInt32LE(12) !== OP_MSG) socket.write(writeOpReply(1, readOpQuery(frame).requestId, hello));
        else {
          const { body, requestId } = readOpMsg(frame);
          const [name] = decodeDocument(body).keys();
          socket.write(framed(requestId, name === 'hello' ? hello : canned));
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `mongodb://127.0.0.1:${port}/?directConnection=true`, close: () => server.close() };
}

function framed(requestId: number, document: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(OP_MSG_HEADROOM + document.length);
  document.copy(frame, OP_MSG_HEADROOM);
  return frameOpMsg(1, requestId, frame);
}
