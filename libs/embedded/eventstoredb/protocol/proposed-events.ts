import type { ProposedEvent } from '../storage/events.js';
import { invalidArgument } from '../transport/status.js';
import { maximumAppendSizeExceeded, missingRequiredMetadata } from './errors.js';
import { parseUuid } from './identifiers.js';
import type { ProposedMessage } from './messages/append.js';

/** The events of one append as they come in. Throws GrpcError for an event that cannot be written, or one too many. */
export class ProposedEvents {
  readonly #limit: number;
  readonly #events: ProposedEvent[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get events(): readonly ProposedEvent[] {
    return this.#events;
  }

  get size(): number {
    return this.#size;
  }

  add({ id, metadata = {}, customMetadata = new Uint8Array(0), data = new Uint8Array(0) }: ProposedMessage): void {
    const type = metadata['type'];
    const contentType = metadata['content-type'];
    if (type === undefined) throw missingRequiredMetadata('type');
    if (contentType === undefined) throw missingRequiredMetadata('content-type');
    if (type === '') throw invalidArgument('an event type must not be empty');
    const isJson = contentType === 'application/json';
    this.#events.push({ id: parseUuid(id), type, isJson, metadata: customMetadata, data });
    // As newer servers count; older ones count the data alone and take more.
    this.#size += data.length + customMetadata.length + 2 * type.length;
    if (this.#size > this.#limit) throw maximumAppendSizeExceeded(this.#limit);
  }
}
