import type { ReadModels, Stored } from '#event-sourcing';
import { redactionsModel } from './document.js';
import type { RedactionDocument } from './document.js';

const atOnce = 500;

/** In the order of their ids. */
export async function* allRedactions(models: ReadModels): AsyncGenerator<Stored<RedactionDocument>> {
  for (let after: readonly string[] | undefined; ;) {
    const page = await models.page<RedactionDocument>(redactionsModel, { where: {}, sort: {}, limit: atOnce, after });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < atOnce) return;
    after = [last._id];
  }
}
