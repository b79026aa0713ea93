import { setTimeout as delay } from 'node:timers/promises';
import { CannotConvertToUnique, DuplicateKey } from '../storage/duplicate-key.js';
import { storageFailure } from '../storage/failures.js';
import { ValidationFailure } from '../storage/validation.js';
import type { CommandFailure } from '../server/fail-points.js';
import { ProtocolError } from '../wire/frames.js';
import type { RequestMessage } from '../wire/op-msg.js';
import { decodeDocument, Document, int32, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Client, Request, Server } from './command.js';
import { checkConcerns } from './concerns.js';
import { checkDatabaseName } from './namespace.js';
import { repeatedName } from './repeated-name.js';
import { rememberSession } from './sessions.js';
import { commands } from './table.js';

const MAX_INT32 = 0x7fffffff;

/**
 * Runs the command in a message; the answer says in `ok` whether it succeeded. Throws only ProtocolError: when a fail point
 * ends the connection.
 */
export async function execute(message: RequestMessage, client: Client, server: Server): Promise<Document> {
  try {
    const request = readRequest(message, client);
    const command = commands.get(request.name);
    if (command === undefined) throw new MongoError(59, `no such command: '${request.name}'`);
    checkConcerns(request.body);
    rememberSession(request.body.get('lsid'), server);
    const failure = server.failPoints.next(request.name, () => appName(client));
    server.counters.operations.set(request.name, (server.counters.operations.get(request.name) ?? 0) + 1);
    if (WRITES.has(request.name)) await server.storage.whenWritable();
    if (failure !== undefined) return await failing(failure, request, () => command(request, server));
    const reply = await command(request, server);
    return reply.set('ok', 1);
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    return failureReply(error);
  }
}

/** Commands that change files; they wait while one is worked on alone. */
const WRITES = new Set([
  ...['insert', 'update', 'delete', 'findAndModify', 'findandmodify', 'create', 'createIndexes', 'collMod'],
  ...['drop', 'dropDatabase', 'dropIndexes', 'deleteIndexes', 'renameCollection'],
]);

/** What a fail point makes of a command. */
async function failing(
  { blockMs, closesConnection, code, labels, writeConcernError }: CommandFailure,
  request: Request,
  run: () => Document | Promise<Document>,
): Promise<Document> {
  if (blockMs > 0) await delay(Math.min(blockMs, remaining(request)), undefined, { signal: request.client.closed });
  if (performance.now() >= request.deadline) throw new MongoError(50, 'operation exceeded time limit');
  if (closesConnection) throw new ProtocolError('closed by failCommand');
  const reply =
    code === undefined
      ? (await run()).set('ok', 1)
      : failureReply(new MongoError(code, 'Failing command via failCommand failpoint'));
  if (writeConcernError !== undefined) reply.set('writeConcernError', writeConcernError);
  return labels === undefined ? reply : reply.set('errorLabels', [...labels]);
}

const remaining = ({ deadline: end }: Request): number => Math.max(0, end - performance.now());

/** The name that a client gave itself in its handshake. */
function appName({ metadata }: Client): string | undefined {
  const application = metadata?.get('application');
  const name = application instanceof Document ? application.get('name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

function readRequest(message: RequestMessage, client: Client): Request {
  const body = decodeDocument(message.body);
  const [name] = body.keys();
  if (name === undefined) throw new MongoError(59, 'the command is empty');
  const repeated = repeatedName(message.body);
  if (repeated !== undefined) throw repeatedField(repeated);
  const database = body.get('$db');
  if (database === undefined) throw new MongoError(40571, 'OP_MSG requests require a $db argument');
  if (typeof database !== 'string')
    throw new MongoError(14, "BSON field '$db' is the wrong type, expected type 'string'");
  checkDatabaseName(database);
  const sequences = new Map<string, readonly Document[]>();
  for (const { field, documents } of message.sequences) {
    if (sequences.has(field) || body.has(field)) throw repeatedField(field);
    sequences.set(field, documents.map(decodeDocument));
  }
  return { name, body, database, sequences, client, deadline: deadline(body.get('maxTimeMS')) };
}

const repeatedField = (name: string): MongoError => new MongoError(40413, `BSON field '${name}' is a duplicate field`);

/** Throws 2 unless it is a whole number from 0 to 2^31-1; 0 means no limit. */
function deadline(maxTimeMS: Value | undefined): number {
  if (maxTimeMS === undefined || maxTimeMS === null) return Infinity;
  const ms = isNumeric(maxTimeMS) ? toDouble(maxTimeMS) : NaN;
  if (!Number.isInteger(ms) || ms < 0 || ms > MAX_INT32) {
    throw new MongoError(2, `maxTimeMS must be a whole number from 0 to ${MAX_INT32}`);
  }
  return ms === 0 ? Infinity : performance.now() + ms;
}

function failureReply(error: unknown): Document {
  const failure = toMongoError(error);
  const reply = Document.of({ ok: 0, errmsg: failure.message });
  reply.set('code', int32(failure.code)).set('codeName', failure.codeName);
  if (failure instanceof DuplicateKey) reply.set('keyPattern', failure.keyPattern).set('keyValue', failure.keyValue);
  if (failure instanceof ValidationFailure) reply.set('errInfo', failure.errInfo);
  if (failure instanceof CannotConvertToUnique) reply.set('violations', failure.violations);
  return reply;
}

/** What a client may be told of an error: faults of ours come out as 1 (InternalError), and stand on stderr in full. */
export function toMongoError(error: unknown): MongoError {
  const failure = storageFailure(error, 'storage');
  if (failure instanceof MongoError) return failure;
  console.error(failure);
  return new MongoError(1, `internal error: ${failure instanceof Error ? failure.message : String(failure)}`);
}
