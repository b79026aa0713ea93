import { Document } from '../values/index.js';

/** `ping`, and the session commands that need no more than an acknowledgement (`refreshSessions`). */
export const ping = (): Document => new Document();
