import { Worker } from 'node:worker_threads';
import { execArgvFor } from '../../threads/source-loading.js';

/** Pages are short-lived: room for a few of them is enough, and more would only be touched and kept. */
const RESOURCES = { maxYoungGenerationSizeMb: 8 };

/** Starts the module beside this one, from the build or from source, whichever this module itself was loaded from. */
export function startThread(module: string, workerData: unknown): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = new URL(`./${module}.${extension}`, import.meta.url);
  return new Worker(entry, { workerData, execArgv: execArgvFor(entry), resourceLimits: RESOURCES });
}
