import { describe } from '@jest/globals';
import { testAppending } from './event-store-conformance/appending.js';
import { testForgetting } from './event-store-conformance/forgetting.js';
import { testReading } from './event-store-conformance/reading.js';
import type { ConformanceSubject } from './event-store-conformance/subject.js';
import { testSubscribing } from './event-store-conformance/subscribing.js';

/** What the port `EventStore` promises, for any implementation. The log may hold events of other tests. */
export function testEventStore(name: string, subject: ConformanceSubject): void {
  describe(name, () => {
    testAppending(subject);
    testReading(subject);
    testSubscribing(subject);
    testForgetting(subject);
  });
}
