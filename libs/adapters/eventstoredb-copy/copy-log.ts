import { AppendInRuns } from './append-in-runs.js';
import { CopiedStreams } from './copied-streams.js';
import { CopyRefused } from './copy-refused.js';
import { LogHash, describedStream, isCopyOf, isOfTheNode, isTombstone } from './log-event.js';
import type { LogEvent } from './log-event.js';
import { connectLog } from './remote-log.js';
import type { RemoteLog } from './remote-log.js';

export type CopyPhase = 'survey' | 'copy' | 'verify';

export interface CopyReport {
  /** In the source and in the target, as the verification has counted them. */
  readonly events: number;
  /** Written by this run; the others were there already. */
  readonly copied: number;
  /** SHA-256 over all events in order; of source and target the same. */
  readonly sha256: string;
}

export interface CopyOptions {
  readonly from: string;
  readonly to: string;
  /** Told now and then, how far it is in the source's positions. */
  readonly onProgress: (phase: CopyPhase, done: bigint, total: bigint) => void;
}

/**
 * Makes the target's log a copy of the source's: the same events in the same order, with their ids, types, payloads and
 * metadata; streams deleted and tombstoned as there. What is there already is compared, what is missing is appended:
 * so a copy that broke off is gone on with, and one that was made is brought up to date. Afterwards both are read once
 * more and compared event by event. Throws CopyRefused, and the errors of the client.
 */
export async function copyLog({ from, to, onProgress }: CopyOptions): Promise<CopyReport> {
  const [source, target] = [connectLog(from), connectLog(to)];
  try {
    const total = await source.end();
    const firstRevisions = await survey(source, (done) => {
      onProgress('survey', done, total);
    });
    const copy = new Copy(source, target, firstRevisions);
    const { copied } = await copy.run('append', (done) => {
      onProgress('copy', done, total);
    });
    const { events, sha256 } = await copy.run('only compare', (done) => {
      onProgress('verify', done, total);
    });
    return { events, copied, sha256 };
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

/** The first revision of each stream whose beginning a scavenge has removed. */
async function survey(source: RemoteLog, onProgress: (done: bigint) => void): Promise<Map<string, bigint>> {
  const seen = new Set<string>();
  const firstRevisions = new Map<string, bigint>();
  for await (const event of source.read()) {
    if (!seen.has(event.stream) && event.revision > 0n && !isTombstone(event))
      firstRevisions.set(event.stream, event.revision);
    seen.add(event.stream);
    onProgress(event.position);
  }
  return firstRevisions;
}

class Copy {
  readonly #source: RemoteLog;
  readonly #target: RemoteLog;
  readonly #firstRevisions: ReadonlyMap<string, bigint>;

  constructor(source: RemoteLog, target: RemoteLog, firstRevisions: ReadonlyMap<string, bigint>) {
    this.#source = source;
    this.#target = target;
    this.#firstRevisions = firstRevisions;
  }

  /** Walks along both logs side by side, and when the target's is at its end, appends or refuses. */
  async run(
    mode: 'append' | 'only compare',
    onProgress: (done: bigint) => void,
  ): Promise<{ events: number; copied: number; sha256: string }> {
    const streams = new CopiedStreams(this.#firstRevisions);
    const there = this.#target.read();
    const writer = new AppendInRuns(this.#target);
    const hashes = { source: new LogHash(), target: new LogHash() };
    let events = 0;
    let copied = 0;
    try {
      for await (const event of this.#source.read()) {
        onProgress(event.position);
        if (isOfTheNode(event)) continue;
        const wanted = streams.translated(event);
        // The server gives the id of what it is told to delete.
        const isIdOurs = !isTombstone(event) && !streams.isRepeatedDelete(event);
        const copy = await nextCopy(there, wanted, isIdOurs, streams);
        if (copy) {
          hashes.target.add(copy, isIdOurs);
        } else {
          if (mode === 'only compare') throw new CopyRefused(`the target has lost ${placeOf(event)}`);
          await this.#append(writer, wanted, streams);
          copied++;
        }
        hashes.source.add(wanted, isIdOurs);
        streams.note(event);
        events++;
      }
      await writer.flush();
      await refuseSurplus(there, streams);
    } finally {
      await there.return(undefined);
    }
    const sha256 = hashes.source.digest();
    if (mode === 'only compare' && hashes.target.digest() !== sha256)
      throw new CopyRefused('source and target have other hashes');
    return { events, copied, sha256 };
  }

  async #append(writer: AppendInRuns, event: LogEvent, streams: CopiedStreams): Promise<void> {
    const { stream } = event;
    const described = describedStream(stream);
    if (isTombstone(event)) {
      await writer.flush();
      await this.#target.tombstone(stream, streams.expected(stream));
    } else if (described !== undefined && streams.isRepeatedDelete(event)) {
      await writer.flush();
      await this.#target.softDelete(described);
    } else {
      await writer.add(event, streams.expected(stream), described === undefined);
    }
  }
}

/** The target's event that has to be the copy of `wanted`; undefined at the end of its log. Throws CopyRefused. */
async function nextCopy(
  there: AsyncGenerator<LogEvent>,
  wanted: LogEvent,
  isIdOurs: boolean,
  streams: CopiedStreams,
): Promise<LogEvent | undefined> {
  for (;;) {
    const next = await there.next();
    if (next.done) return undefined;
    const copy = next.value;
    if (isOfTheNode(copy)) continue;
    const revision = isTombstone(wanted) ? wanted.revision : streams.nextRevision(wanted.stream);
    if (isCopyOf(copy, wanted, isIdOurs) && (revision === undefined || copy.revision === revision)) return copy;
    if (streams.isOfTheServer(copy)) continue;
    throw new CopyRefused(
      `the target has ${placeOf(copy)} where ${placeOf(wanted)} belongs: copy into an empty server`,
    );
  }
}

async function refuseSurplus(there: AsyncGenerator<LogEvent>, streams: CopiedStreams): Promise<void> {
  for await (const event of there) {
    if (isOfTheNode(event) || streams.isOfTheServer(event)) continue;
    throw new CopyRefused(`the target has ${placeOf(event)}, which the source has not: copy into an empty server`);
  }
}

function placeOf({ id, stream, revision }: LogEvent): string {
  return `event ${id} (${revision}@${stream})`;
}
