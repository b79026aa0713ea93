import { Document } from '../values/index.js';
import { aggregate } from './aggregate.js';
import { buildInfo } from './build-info.js';
import { collMod } from './coll-mod.js';
import type { Command } from './command.js';
import { createIndexes } from './create-indexes.js';
import { compact } from './compact.js';
import { configureFailPoint } from './configure-fail-point.js';
import { count } from './count.js';
import { create } from './create.js';
import { remove } from './delete.js';
import {
  connectionStatus,
  getCommandLine,
  getLog,
  getParameter,
  hostInfo,
  serverStatus,
  setParameter,
  whatsMyUri,
} from './diagnostics.js';
import { distinct } from './distinct.js';
import { dropDatabase } from './drop-database.js';
import { dropIndexes } from './drop-indexes.js';
import { drop } from './drop.js';
import { explain } from './explain.js';
import { findAndModify } from './find-and-modify.js';
import { find } from './find.js';
import { getMore } from './get-more.js';
import { hello } from './hello.js';
import { insert } from './insert.js';
import { killCursors } from './kill-cursors.js';
import { listCollections } from './list-collections.js';
import { listDatabases } from './list-databases.js';
import { listIndexes } from './list-indexes.js';
import { ping } from './ping.js';
import { renameCollection } from './rename-collection.js';
import { searchIndexes } from './search-indexes.js';
import { endSessions, refreshSessions, startSession } from './sessions.js';
import { collStats, dbStats } from './statistics.js';
import { update } from './update.js';
import { validate } from './validate.js';

/** Tells the names only: what each command does stands in MongoDB's manual. */
const listCommands: Command = () => {
  const entries = [...commands.keys()].map((name) => [name, new Document([['help', '']])] as const);
  return new Document([['commands', new Document(entries)]]);
};

/** Every command by its name; names are case-sensitive, and the few old names that clients still use stand beside the new. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['ping', ping],
  ['endSessions', endSessions],
  ['killSessions', endSessions],
  ['refreshSessions', refreshSessions],
  ['startSession', startSession],
  ['configureFailPoint', configureFailPoint],
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['insert', insert],
  ['delete', remove],
  ['count', count],
  ['distinct', distinct],
  ['update', update],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['aggregate', aggregate],
  ['explain', explain],
  ['serverStatus', serverStatus],
  ['connectionStatus', connectionStatus],
  ['hostInfo', hostInfo],
  ['whatsmyuri', whatsMyUri],
  ['getCmdLineOpts', getCommandLine],
  ['getLog', getLog],
  ['getParameter', getParameter],
  ['setParameter', setParameter],
  ['dbStats', dbStats],
  ['dbstats', dbStats],
  ['collStats', collStats],
  ['compact', compact],
  ['validate', validate],
  ['collMod', collMod],
  ['listCommands', listCommands],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['listCollections', listCollections],
  ['listDatabases', listDatabases],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['dropIndexes', dropIndexes],
  ['deleteIndexes', dropIndexes],
  ['renameCollection', renameCollection],
  ['createSearchIndexes', searchIndexes],
  ['updateSearchIndex', searchIndexes],
  ['dropSearchIndex', searchIndexes],
]);
