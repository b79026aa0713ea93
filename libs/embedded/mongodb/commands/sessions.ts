import { randomUUID } from 'node:crypto';
import { Binary, Document, int32 } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Request, Server } from './command.js';
import { Arguments } from './arguments.js';

/** `startSession`: a session with a new id; drivers make theirs themselves. */
export function startSession(request: Request, server: Server): Document {
  Arguments.of(request, []);
  const id = new Binary(4, Buffer.from(randomUUID().replaceAll('-', ''), 'hex'));
  const session = new Document([['id', id]]);
  rememberSession(session, server);
  return new Document([
    ['id', session],
    ['timeoutMinutes', int32(30)],
  ]);
}

/** `endSessions` and `killSessions`: the sessions' open cursors are closed; sessions hold nothing else. */
export function endSessions(request: Request, server: Server): Document {
  const sessions = Arguments.of(request, []).raw(request.name);
  if (Array.isArray(sessions)) {
    for (const session of sessions) {
      const key = sessionKey(session);
      if (key === undefined) continue;
      server.sessions.end(key);
      server.cursors.closeSession(key);
    }
  }
  return new Document();
}

/** `refreshSessions`: the sessions count as used now. */
export function refreshSessions(request: Request, server: Server): Document {
  const sessions = Arguments.of(request, []).raw(request.name);
  if (Array.isArray(sessions)) for (const session of sessions) rememberSession(session, server);
  return new Document();
}

/** Notes that a session is in use; without one (undefined) there is nothing to note. */
export function rememberSession(lsid: Value | undefined, server: Server): void {
  const id = lsid instanceof Document ? lsid.get('id') : undefined;
  if (id instanceof Binary) server.sessions.use(keyOf(id), id, Date.now());
}

/** What names the session that a command runs in; undefined without one. */
export function sessionKey(lsid: Value | undefined): string | undefined {
  const id = lsid instanceof Document ? lsid.get('id') : undefined;
  return id instanceof Binary ? keyOf(id) : undefined;
}

const keyOf = ({ bytes }: Binary): string => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)).toString('latin1');
