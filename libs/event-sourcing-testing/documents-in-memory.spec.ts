import { createInMemoryDocuments } from './documents-in-memory.js';
import { describeDocuments } from './documents-conformance.js';
import { createScaledClock } from './scaled-clock.js';

describeDocuments('in memory', () =>
  Promise.resolve({
    documents: createInMemoryDocuments({ clock: createScaledClock(1) }),
    close: () => Promise.resolve(),
  }),
);
