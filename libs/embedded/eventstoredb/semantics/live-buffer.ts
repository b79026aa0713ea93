import type { StoredEvent } from '../storage/events.js';

const MAX_EVENTS = 512;
const MAX_BYTES = 1024 * 1024;

/**
 * The newest commits, for a subscriber that is about to take them. Holds one page at most: what is more is dropped,
 * and the subscriber has to read from the log, where everything is.
 */
export class LiveBuffer {
  #events: StoredEvent[] = [];
  #bytes = 0;
  #hasOverflowed = false;
  #isClosed = false;
  #wake: (() => void) | undefined;

  get hasOverflowed(): boolean {
    return this.#hasOverflowed;
  }

  push(events: readonly StoredEvent[]): void {
    if (!this.#hasOverflowed) {
      for (const event of events) {
        this.#events.push(event);
        this.#bytes += event.data.length + event.metadata.length;
      }
      if (this.#events.length > MAX_EVENTS || this.#bytes > MAX_BYTES) {
        this.clear();
        this.#hasOverflowed = true;
      }
    }
    this.#wakeUp();
  }

  clear(): void {
    this.#events = [];
    this.#bytes = 0;
    this.#hasOverflowed = false;
  }

  /** Resolves when there is something, when it has overflowed, or when it is closed; then perhaps with nothing. */
  async take(): Promise<readonly StoredEvent[]> {
    if (this.#events.length === 0 && !this.#hasOverflowed && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const events = this.#events;
    this.#events = [];
    this.#bytes = 0;
    return events;
  }

  /** Nobody will take anything any more; whoever waits is let go. */
  close(): void {
    this.#isClosed = true;
    this.#wakeUp();
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
