import type { EventCatalogue, EventStore } from '#event-sourcing';

export interface ConformanceSubject {
  /** A store that decodes by this catalogue; all that are opened in one suite share one log. */
  readonly open: (catalogue: EventCatalogue) => Promise<EventStore>;
  /** A stream name of the category that no test has used. */
  readonly freshStream: (category: string) => string;
}
