import { MongoError } from '../values/index.js';
import type { Command } from './command.js';

/** `createSearchIndexes`, `updateSearchIndex` and `dropSearchIndex`, as a server answers that has no search beside it. */
export const searchIndexes: Command = () => {
  throw new MongoError(31082, 'Search indexes are a feature of MongoDB Atlas, which the embedded server is not');
};
