import { Document, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';

const ILLEGAL_OPERATION = 20;
const NOT_A_REPLICA_SET = 123;
const LEVELS: readonly Value[] = ['local', 'available', 'majority'];

/** Refuses what a standalone cannot promise: retryable writes, transactions, acknowledgement by others, reads in the past. */
export function checkConcerns(body: Document): void {
  checkSession(body);
  checkWriteConcern(body.get('writeConcern'));
  checkReadConcern(body.get('readConcern'));
}

/** Whether the reply is to wait for the disk: always, unless the client says `j: false` or wants no reply (`w: 0`). */
export function wantsDurability(body: Document): boolean {
  const concern = body.get('writeConcern');
  if (!(concern instanceof Document)) return true;
  return concern.get('j') !== false && !isZero(concern.get('w'));
}

function checkSession(body: Document): void {
  const lsid = body.get('lsid');
  if (lsid !== undefined && !(lsid instanceof Document)) {
    throw new MongoError(14, "BSON field 'lsid' is the wrong type, expected type 'object'");
  }
  if (!body.has('txnNumber') && !body.has('startTransaction') && !body.has('autocommit')) return;
  if (lsid === undefined) throw new MongoError(72, 'a transaction number needs a session id (lsid)');
  throw new MongoError(ILLEGAL_OPERATION, 'Transaction numbers are only allowed on a replica set member or mongos');
}

function checkWriteConcern(concern: Value | undefined): void {
  if (concern === undefined || concern === null) return;
  if (!(concern instanceof Document)) {
    throw new MongoError(14, "BSON field 'writeConcern' is the wrong type, expected type 'object'");
  }
  const w = concern.get('w');
  if (w === undefined || w === 'majority') return;
  if (isNumeric(w) && toDouble(w) >= 0 && toDouble(w) <= 1) return;
  throw new MongoError(2, 'cannot use \'w\' > 1, or a mode other than "majority", when a host is not replicated');
}

function checkReadConcern(concern: Value | undefined): void {
  if (concern === undefined || concern === null) return;
  if (!(concern instanceof Document)) {
    throw new MongoError(14, "BSON field 'readConcern' is the wrong type, expected type 'object'");
  }
  if (concern.has('afterClusterTime') || concern.has('atClusterTime')) {
    throw new MongoError(NOT_A_REPLICA_SET, 'a cluster time in readConcern needs a replica set');
  }
  const level = concern.get('level');
  if (level === undefined || LEVELS.includes(level)) return;
  if (level === 'linearizable' || level === 'snapshot') {
    throw new MongoError(NOT_A_REPLICA_SET, `readConcern level ${level} needs a replica set`);
  }
  throw new MongoError(
    9,
    "readConcern.level must be either 'local', 'majority', 'linearizable', 'available', or 'snapshot'",
  );
}

const isZero = (value: Value | undefined): boolean => isNumeric(value) && toDouble(value) === 0;
