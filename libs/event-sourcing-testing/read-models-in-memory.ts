import { setTimeout as sleep } from 'node:timers/promises';
import { progressName, readInMemory, StoreUnavailable } from '#event-sourcing';
import type { Progress, ReadModels } from '#event-sourcing';
import type { InMemoryDocuments } from './documents-in-memory.js';

/** What queries see of models that are kept in memory. */
export function readProjected(documents: InMemoryDocuments): ReadModels {
  const progress = async () => (await documents.progress(progressName)) as Progress | undefined;
  const position = async (): Promise<number> => (await progress())?.position ?? 0;
  const documentsOf = (model: string) =>
    documents.held(model).flatMap(({ id, at, body }) => (body ? [{ ...body, _id: id, _at: at }] : []));
  return readInMemory(documentsOf, {
    position,
    generation: async (model) => (await progress())?.models.find(({ name }) => name === model)?.generation ?? 0,
    async waitFor(asked, milliseconds) {
      const until = Date.now() + milliseconds;
      while ((await position()) < asked) {
        if (Date.now() > until) throw new StoreUnavailable('documents', 'not there yet');
        await sleep(1);
      }
      return position();
    },
  });
}
