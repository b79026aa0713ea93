import type { Worker } from 'node:worker_threads';
import type { UuidForm } from '../protocol/identifiers.js';
import type { ReadPlan } from '../semantics/read-plan.js';
import type { EventReader, PageLimit } from '../storage/event-reader.js';
import { readEncodedPage } from './encoded-page.js';
import { toError } from './failures.js';
import type { EncodedPage, PageReply, PageRequest } from './messages.js';
import { startThread } from './start-thread.js';

/** What is read on the thread that serves the network: the way to another thread would take longer. */
const SHORT_PAGE: PageLimit = { events: 64, bytes: 128 * 1024 };
const LONG_PAGE: PageLimit = { events: 500, bytes: 1024 * 1024 };

/** Reads pages of plans: short ones right away, long ones in the reader thread. */
export class PageReaders {
  readonly #reader: EventReader;
  readonly #thread: Worker;
  readonly #waiting = new Map<number, { resolve: (page: EncodedPage) => void; reject: (error: Error) => void }>();
  #number = 0;
  #failure: Error | undefined;

  constructor(directory: string, reader: EventReader) {
    this.#reader = reader;
    this.#thread = startThread('reader-thread', { directory });
    this.#thread.on('message', (reply: PageReply) => {
      this.#settle(reply);
    });
    this.#thread.once('error', (error: Error) => {
      this.#failure = error;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
  }

  async read(plan: ReadPlan, uuidForm: UuidForm): Promise<EncodedPage> {
    if (isShort(plan)) return readEncodedPage(this.#reader, plan, SHORT_PAGE, uuidForm);
    // Nobody would answer any more.
    if (this.#failure) throw this.#failure;
    const number = ++this.#number;
    const request: PageRequest = { number, plan, limit: LONG_PAGE, uuidForm };
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#thread.postMessage(request);
    });
  }

  async close(): Promise<void> {
    const exited = new Promise((resolve) => this.#thread.once('exit', resolve));
    this.#thread.postMessage('stop');
    await exited;
  }

  #settle(reply: PageReply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ('page' in reply) waiting?.resolve(reply.page);
    else waiting?.reject(toError(reply.failure));
  }
}

function isShort(plan: ReadPlan): boolean {
  return (
    Math.min(plan.to - plan.from + 1, plan.source === 'all' && plan.filter ? Infinity : plan.count) <= SHORT_PAGE.events
  );
}
