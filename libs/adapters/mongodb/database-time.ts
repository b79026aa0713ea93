import type { Db } from 'mongodb';

/** The clock that all processes share, in milliseconds since 1970. */
export async function databaseTime(db: Db): Promise<number> {
  const { localTime } = await db.command({ hello: 1 });
  if (!(localTime instanceof Date)) throw new Error('the database does not tell its time');
  return localTime.getTime();
}
