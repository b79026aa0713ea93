import { describe } from '@jest/globals';
import type { EventCatalogue, EventStore } from '#event-sourcing';
import { testAppending } from './event-store-conformance/appending.js';
import { testForgetting } from './event-store-conformance/forgetting.js';
import { testReading } from './event-store-conformance/reading.js';
import { testSubscribing } from './event-store-conformance/subscribing.js';

export interface ConformanceSubject {
  /** A store that decodes by this catalogue; all that are opened in one suite share one log. */
  readonly open: (catalogue: EventCatalogue) => Promise<EventStore>;
  /** A stream name of the category that no test has used. */
  readonly freshStream: (category: string) => string;
}

/** What the port `EventStore` promises, for any implementation. The log may hold events of other tests. */
export function testEventStore(name: string, subject: ConformanceSubject): void {
  describe(name, () => {
    testAppending(subject);
    testReading(subject);
    testSubscribing(subject);
    testForgetting(subject);
  });
}
