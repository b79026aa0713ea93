import type {
  Clock,
  CommandRunner,
  EventStore,
  Heartbeats,
  Ids,
  KeyRing,
  LiveViews,
  ReadModels,
  Rebuilds,
  Secrets,
  Signer,
} from '#event-sourcing';

/** What the API works on. Handlers and controllers ask for each by its `Port.*` token. */
export interface HttpPorts {
  readonly CommandRunner: CommandRunner;
  readonly EventStore: EventStore;
  readonly LiveViews: LiveViews;
  readonly ReadModels: ReadModels;
  readonly Ids: Ids;
  readonly Clock: Clock;
  readonly Secrets: Secrets;
  readonly Heartbeats: Heartbeats;
  readonly KeyRing: KeyRing;
  readonly Signer: Signer;
  readonly Rebuilds: Rebuilds;
}

/** A part without which the API cannot work, for `/health/ready`. `healthy` may throw; that is a no. */
export interface HealthPart {
  readonly name: string;
  healthy(): Promise<boolean>;
}

/** Injection tokens of this adapter's own. */
export const HttpPort = {
  Positions: Symbol('LedgerPositions'),
  HealthParts: Symbol('HealthParts'),
  Metrics: Symbol('Metrics'),
  Projections: Symbol('Projections'),
  Catalogue: Symbol('Catalogue'),
  Logger: Symbol('Logger'),
} as const;
