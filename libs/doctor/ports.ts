import type {
  AnyProjection,
  Documents,
  EventStore,
  Ids,
  KeptKey,
  KeyStore,
  ModelLag,
  ReadModels,
} from '#event-sourcing';

/** What the doctor looks at. Nothing is changed. */
export interface DoctorPorts {
  readonly store: EventStore;
  readonly documents: Documents;
  readonly models: ReadModels;
  readonly projections: readonly AnyProjection[];
  readonly lag: () => Promise<readonly ModelLag[]>;
  readonly keys: KeyStore;
  /** Whether the key of the event is gone from what is kept of its subject. */
  readonly isPunctured: (kept: KeptKey, eventId: string) => boolean;
  readonly ids: Ids;
  readonly sha256: (text: string) => string;
}

export interface DoctorOptions {
  /** How many contacts are folded anew from the log and compared with the models. */
  readonly sample: number;
  /** Whether all events are counted: takes as long as reading the whole log. */
  readonly count: boolean;
}
