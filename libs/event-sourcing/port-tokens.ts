/** Injection tokens of the ports: what handlers and modules ask the container for. */
export const Port = {
  CommandRunner: Symbol('CommandRunner'),
  EventStore: Symbol('EventStore'),
  LiveViews: Symbol('LiveViews'),
  ReadModels: Symbol('ReadModels'),
  Ids: Symbol('Ids'),
  Clock: Symbol('Clock'),
  Secrets: Symbol('Secrets'),
  Heartbeats: Symbol('Heartbeats'),
  KeyRing: Symbol('KeyRing'),
  Signer: Symbol('Signer'),
  Rebuilds: Symbol('Rebuilds'),
} as const;
