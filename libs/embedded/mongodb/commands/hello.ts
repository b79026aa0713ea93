import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { DateTime, Document, int32, MongoError, ObjectId } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Client, Request } from './command.js';
import { Arguments } from './arguments.js';

/** MongoDB 7.0 speaks up to wire version 21; drivers choose what they send by it. */
const MAX_WIRE_VERSION = 21;
/** Tells monitoring clients that this process is another one than before; the counter never moves, as the role never changes. */
const processId = new ObjectId(randomBytes(12));

/** `hello`, and under their old names `isMaster` and `ismaster`: what a driver asks first, and again and again. */
export async function hello(request: Request): Promise<Document> {
  rememberClient(request);
  const args = new Arguments(request.body, request.name);
  const known = args.document('topologyVersion');
  const wait = args.count('maxAwaitTimeMS');
  if ((known === undefined) !== (wait === undefined)) {
    throw new MongoError(31368, 'topologyVersion and maxAwaitTimeMS go together');
  }
  if (wait !== undefined && known !== undefined && isCurrent(known)) await waitForChange(wait, request.client);
  return helloReply(request);
}

/** The reply, as it also answers the OP_QUERY handshake. */
function helloReply(request: Request): Document {
  const reply = new Document();
  if (request.name !== 'hello' && request.body.get('helloOk') === true) reply.set('helloOk', true);
  return reply
    .set(request.name === 'hello' ? 'isWritablePrimary' : 'ismaster', true)
    .set(
      'topologyVersion',
      new Document([
        ['processId', processId],
        ['counter', 0n],
      ]),
    )
    .set('maxBsonObjectSize', int32(16 * 1024 * 1024))
    .set('maxMessageSizeBytes', int32(48_000_000))
    .set('maxWriteBatchSize', int32(100_000))
    .set('localTime', new DateTime(BigInt(Date.now())))
    .set('logicalSessionTimeoutMinutes', int32(30))
    .set('connectionId', int32(request.client.id))
    .set('minWireVersion', int32(0))
    .set('maxWireVersion', int32(MAX_WIRE_VERSION))
    .set('readOnly', false);
}

function rememberClient(request: Request): void {
  const metadata = request.body.get('client');
  if (metadata === undefined) return;
  if (request.client.metadata !== undefined) {
    throw new MongoError(186, 'The client metadata document may only be sent in the first hello');
  }
  if (!(metadata instanceof Document)) {
    throw new MongoError(14, "BSON field 'client' is the wrong type, expected type 'object'");
  }
  request.client.metadata = metadata;
}

const isCurrent = (known: Document): boolean => {
  const id: Value | undefined = known.get('processId');
  return id instanceof ObjectId && id.toHex() === processId.toHex();
};

/** Nothing ever changes on a standalone, so an awaitable hello always waits its whole time, or until its client goes. */
async function waitForChange(ms: number, client: Client): Promise<void> {
  await delay(ms, undefined, { signal: client.closed, ref: false }).catch(() => undefined);
}
