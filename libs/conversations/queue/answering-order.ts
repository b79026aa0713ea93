import { sideName, StoreUnavailable } from '#event-sourcing';
import type { ReadModels } from '#event-sourcing';
import { queueModel } from './document.js';
import type { NextOrder, Ranking } from './document.js';
import { nothingRanks, rankingId } from './ranking.js';

/** The order that the queue is shown in, with the rules that it was ranked by. */
export type AnsweringOrder = Pick<Ranking, 'slot' | 'rules' | 'since'>;

/** Everything that is read for one answer is read in the same order. */
export const answeringOrder: (models: ReadModels) => Promise<AnsweringOrder> = storedRanking;

/** The order that is being computed; `null`: the rules that were set last are in force. */
export async function nextOrder(models: ReadModels): Promise<NextOrder | null> {
  return (await storedRanking(models)).next;
}

async function storedRanking(models: ReadModels): Promise<Ranking> {
  const ranking = (await models.get<Ranking>(sideName(queueModel), rankingId)) ?? nothingRanks;
  // Of the schema before, until the model is rebuilt: taken for one without a next order, that would never be computed.
  if (!('next' in ranking)) throw new StoreUnavailable('documents', 'the queue is being rebuilt');
  return ranking;
}
