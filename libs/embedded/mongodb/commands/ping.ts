import { Document } from '../values/index.js';

/** `ping`: the server is there. */
export const ping = (): Document => new Document();
