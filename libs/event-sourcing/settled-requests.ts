import { CommandIdReused } from './errors.js';
import type { CommandHeader } from './decider.js';
import type { SettledTrace } from './command-ring.js';
import type { CommandSettled } from './kernel-events.js';
import { requestStream } from './kernel-events.js';
import type { EventStore } from './ports/event-store.js';
import type { Ids } from './ports/ids.js';

const secondsRemembered = 24 * 60 * 60;

/**
 * Whether the keyed command was settled on this stream without writing an event. One command id may have run on
 * several streams. Throws `CommandIdReused` and the faults of the port.
 */
export async function readSettledRequest(
  store: EventStore,
  stream: string,
  { commandId, commandHash }: CommandHeader,
): Promise<SettledTrace | undefined> {
  for await (const event of store.readStream(requestStream(commandId))) {
    const { stream: settledStream, revision, position } = event.data as CommandSettled['data'];
    if (settledStream !== stream) continue;
    if (event.metadata.commandHash !== commandHash) throw new CommandIdReused(commandId);
    return { commandHash, revision, position };
  }
  return undefined;
}

/** Remembers for a day that the keyed command found its wanted end already there. */
export async function writeSettledRequest(
  store: EventStore,
  ids: Ids,
  stream: string,
  header: CommandHeader,
  { revision, position }: SettledTrace,
): Promise<void> {
  const { commandId, commandHash, correlationId, causationId, actor, at } = header;
  const request = requestStream(commandId);
  const data: CommandSettled['data'] = { stream, revision, position };
  const metadata = { commandId, commandHash, correlationId, causationId, actor, at, schemaVersion: 1 };
  // The expiry first: a crash in between must not leave an event that stays for ever.
  await store.expireAfter(request, secondsRemembered);
  await store.append(
    request,
    [{ id: ids.derivedUuid(commandId, stream, ids.next()), type: 'CommandSettled', data, metadata }],
    'any',
  );
}
