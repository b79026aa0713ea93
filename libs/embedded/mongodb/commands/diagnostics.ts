import { cpus, totalmem, type as osType } from 'node:os';
import { DateTime, Document, int32, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';

const VERSION = '7.0.14';

/** What shells, Compass and monitoring ask about the process. */
export function serverStatus(_request: Request, server: Server): Document {
  const memory = process.memoryUsage();
  const mebibytes = (bytes: number): Value => int32(Math.round(bytes / 1048576));
  const { connections, connectionsCreated, operations } = server.counters;
  const count = (...names: string[]): Value =>
    BigInt(names.reduce((sum, name) => sum + (operations.get(name) ?? 0), 0));
  return new Document([
    ['host', server.host],
    ['version', VERSION],
    ['process', 'mongod'],
    ['pid', BigInt(process.pid)],
    ['uptime', Math.floor(process.uptime())],
    ['uptimeMillis', BigInt(Math.round(process.uptime() * 1000))],
    ['localTime', new DateTime(BigInt(Date.now()))],
    [
      'connections',
      new Document([
        ['current', int32(connections)],
        ['available', int32(1_000_000)],
        ['totalCreated', int32(connectionsCreated)],
      ]),
    ],
    [
      'mem',
      new Document([
        ['bits', int32(64)],
        ['resident', mebibytes(memory.rss)],
        ['virtual', mebibytes(memory.rss)],
      ]),
    ],
    [
      'metrics',
      new Document([['cursor', new Document([['open', new Document([['total', BigInt(server.cursors.size)]])]])]]),
    ],
    [
      'opcounters',
      new Document([
        ['insert', count('insert')],
        ['query', count('find')],
        ['update', count('update', 'findAndModify')],
        ['delete', count('delete')],
        ['getmore', count('getMore')],
        ['command', count(...operations.keys())],
      ]),
    ],
    [
      'storageEngine',
      new Document([
        ['name', 'sqlite'],
        ['persistent', true],
      ]),
    ],
  ]);
}

export function connectionStatus(): Document {
  const authInfo = new Document([
    ['authenticatedUsers', []],
    ['authenticatedUserRoles', []],
  ]);
  return new Document([['authInfo', authInfo]]);
}

export function hostInfo(_request: Request, server: Server): Document {
  const system = new Document([
    ['currentTime', new DateTime(BigInt(Date.now()))],
    ['hostname', server.host],
    ['memSizeMB', BigInt(Math.round(totalmem() / 1048576))],
    ['numCores', int32(cpus().length)],
    ['cpuArch', process.arch],
  ]);
  return new Document([
    ['system', system],
    ['os', new Document([['type', osType()]])],
    ['extra', new Document()],
  ]);
}

export const whatsMyUri = (request: Request): Document => new Document([['you', request.client.remoteAddress]]);

export function getCommandLine(_request: Request, server: Server): Document {
  return new Document([
    ['argv', ['mongod']],
    ['parsed', new Document([['net', new Document([['port', int32(server.port)]])]])],
  ]);
}

export function getLog(request: Request): Document {
  const what = Arguments.of(request, []).raw('getLog');
  if (what === '*') return new Document([['names', ['global', 'startupWarnings']]]);
  if (what !== 'global' && what !== 'startupWarnings')
    throw new MongoError(96, `No log named '${typeof what === 'string' ? what : ''}'`);
  return new Document([
    ['totalLinesWritten', int32(0)],
    ['log', []],
  ]);
}

/** The parameters that shells read, and those that can be set. */
export function getParameter(request: Request, server: Server): Document {
  const known = new Map<string, Value>([
    ['featureCompatibilityVersion', new Document([['version', '7.0']])],
    ['ttlMonitorSleepSecs', int32(server.parameters.ttlMonitorSleepSecs)],
    ['ttlMonitorEnabled', server.parameters.ttlMonitorEnabled],
  ]);
  const all = request.body.get('getParameter') === '*';
  const reply = new Document([...known].filter(([name]) => all || request.body.has(name)));
  if (reply.size === 0) throw new MongoError(72, 'no option found to get');
  return reply;
}

export function setParameter(request: Request, server: Server): Document {
  const args = Arguments.of(request, ['ttlMonitorSleepSecs', 'ttlMonitorEnabled']);
  const seconds = args.number('ttlMonitorSleepSecs');
  const enabled = args.boolean('ttlMonitorEnabled');
  if (seconds === undefined && enabled === undefined) throw new MongoError(72, 'no option found to set');
  const reply = new Document();
  if (seconds !== undefined) {
    if (!(seconds >= 1)) throw new MongoError(2, 'ttlMonitorSleepSecs must be at least 1');
    reply.set('was', int32(server.parameters.ttlMonitorSleepSecs));
    server.parameters.ttlMonitorSleepSecs = Math.trunc(seconds);
  }
  if (enabled !== undefined) {
    reply.set('was', server.parameters.ttlMonitorEnabled);
    server.parameters.ttlMonitorEnabled = enabled;
  }
  return reply;
}
