import type { Db } from 'mongodb';
import type { Heartbeats } from '#event-sourcing';
import { databaseTime } from './database-time.js';
import { mongoCall } from './faults.js';

interface Beat {
  readonly _id: string;
  readonly at: Date;
}

/** The port `Heartbeats` on MongoDB: a document each, stamped by the server. */
export function mongoHeartbeats(db: Db): Heartbeats {
  const beats = db.collection<Beat>('_heartbeats');
  return {
    beat: (who) =>
      mongoCall(async () => {
        await beats.updateOne({ _id: who }, { $currentDate: { at: true } }, { upsert: true });
      }),
    read: () =>
      mongoCall(async () => {
        const found = await beats.find({}).toArray();
        return { now: await databaseTime(db), beats: new Map(found.map(({ _id, at }) => [_id, at.getTime()])) };
      }),
  };
}
