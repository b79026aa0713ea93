import { Binary, Document } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Request, Server } from './command.js';
import { Arguments } from './arguments.js';

/** `endSessions` and `killSessions`: the sessions' open cursors are closed; sessions hold nothing else. */
export function endSessions(request: Request, server: Server): Document {
  const sessions = Arguments.of(request, []).raw(request.name);
  if (Array.isArray(sessions)) {
    for (const session of sessions) {
      const id = sessionId(session);
      if (id !== undefined) server.cursors.closeSession(id);
    }
  }
  return new Document();
}

/** The session that a command runs in, as hex of its id; undefined without one. */
export function sessionId(lsid: Value | undefined): string | undefined {
  const id = lsid instanceof Document ? lsid.get('id') : undefined;
  return id instanceof Binary ? Buffer.from(id.bytes).toString('hex') : undefined;
}
