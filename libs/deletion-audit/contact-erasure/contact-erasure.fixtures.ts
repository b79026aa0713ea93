import { createHash } from 'node:crypto';
import { contactsEvents } from '#contacts';
import { conversationsEvents } from '#conversations';
import type { InboundMessage, InboundResult } from '#conversations/inbound';
import { createCatalogue, createCommandRunner, kernelEvents, readInMemory, StreamGone } from '#event-sourcing';
import type { EventStore, PageRequest, ReadModels, RecordedEvent } from '#event-sourcing';
import { createKeyRing } from '#adapters/key-ring';
import { openClaimsProjection } from '#contacts/open-claims';
import {
  collect,
  createInMemoryDocuments,
  createInMemoryEventStore,
  createInMemoryKeyStore,
  createTestIds,
  createTestKeyRing,
  emptyLog,
  fixedClock,
  noKeptKeys,
  nothingToScavenge,
  projectedDocuments,
  readProjected,
  settleWorkflow,
} from '#event-sourcing-testing';
import type { InMemoryKeys, InMemoryLog } from '#event-sourcing-testing';
import { originOf, processWith } from '../../conversations/inbound/inbound.fixtures.js';
import { receiveInbound } from '../../conversations/inbound/receive.js';
import { createAuditDecider } from '../audit/index.js';
import { deletionAuditEvents } from '../index.js';
import { reportingEvents } from '#reporting';
import { removal } from '../when-unreadable-then-remove/index.js';
import { requestErasure } from './request.js';
import type { ErasureResult } from './request.js';
import { contactErasure } from './workflow.js';

export const catalogue = createCatalogue([
  kernelEvents,
  contactsEvents,
  conversationsEvents,
  deletionAuditEvents,
  reportingEvents,
]);
export const clock = fixedClock('2026-03-02T12:00:00.000Z');
export const ids = createTestIds('store');
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const erased = ['ContactDeleted', 'ContactMadeUnreadable', 'ErasureCompleted'];
export const janesHint = 'J•••• D••••';

/** What the processes of a spec share: the log and the keys, as they are kept, and a store that is open on them. */
export const stage = stageOf(noKeptKeys(), emptyLog());

function stageOf(kept: InMemoryKeys, log: InMemoryLog) {
  return { kept, log, store: openStore(kept, log) };
}
/** Empty, or as they were kept once. */
export function setStage(kept = noKeptKeys(), log = emptyLog()): void {
  Object.assign(stage, stageOf(kept, log));
}
/** What a backup would hold. */
export const bareLog = ({ events: all, streams, position }: InMemoryLog) => ({ events: all, streams, position });

function openStore(kept: InMemoryKeys, log: InMemoryLog): EventStore {
  return createInMemoryEventStore({ catalogue, clock, log, keys: createTestKeyRing(kept) });
}
/** Another one on the same log and keys. */
export const reopened = (): EventStore => openStore(stage.kept, stage.log);

export function startProcess(on: EventStore = reopened(), keyStore = createInMemoryKeyStore(stage.kept)) {
  const conversations = processWith(createCommandRunner({ store: on, catalogue, ids, clock }), ids);
  const keys = createKeyRing(keyStore);
  const audit = createAuditDecider(sha256);
  return { ...conversations, store: on, clock, models, sha256, audit, keys, scavenger: nothingToScavenge };
}

/** What is projected of the claims; every other model has always passed everything. */
const models: ReadModels = {
  ...readProjected(createInMemoryDocuments({ clock })),
  waitFor: (position) => Promise.resolve(position),
  page: async <Doc extends object>(model: string, request: PageRequest) =>
    (await openClaims()).page<Doc>(model, request),
};

async function openClaims(): Promise<ReadModels> {
  const projected = projectedDocuments(openClaimsProjection, await collect(stage.store.readAll()));
  const claims = [...projected].map(([_id, claim]) => ({ ...claim, _id, _at: 0 }));
  return readInMemory((model) => (model === openClaimsProjection.name ? claims : []), models);
}

export type Process = ReturnType<typeof startProcess>;

export const deliver = (process: Process, inbound: InboundMessage): Promise<InboundResult> =>
  receiveInbound(process, originOf(`inbound ${inbound.externalMessageId}`, { at: clock.now() }), inbound);

export async function received(process: Process, inbound: InboundMessage) {
  const result = await deliver(process, inbound);
  if (!('kind' in result) || result.kind !== 'received') throw new Error(JSON.stringify(result));
  return result;
}

const byAdmin = (commandId: string, at = clock.now()) => {
  const { header, options } = originOf(commandId, { at });
  return { header: { ...header, actor: { id: 'adam', role: 'admin' } as const }, options };
};

export const erase = (
  process: Process,
  contactId: string,
  { hint = janesHint, commandId = 'erase', at = clock.now(), reason = 'requested' } = {},
): Promise<ErasureResult> =>
  requestErasure(process, byAdmin(commandId, at), { contactId, hint, reason, adminName: 'Adam Admin' });

/** What the worker does, step by step, until nothing is left to do. Answers how many rounds it took. */
export async function runErasures(process: Process): Promise<number> {
  return (await settleWorkflow(contactErasure, process)) + (await settleWorkflow(removal, process));
}

export const events = (): Promise<RecordedEvent[]> => collect(stage.store.readAll());
export const typesOf = async (stream: string): Promise<string[]> =>
  (await collect(stage.store.readStream(stream))).map(({ type }) => type);
export async function untilRecorded(wanted: string): Promise<void> {
  const { signal } = new AbortController();
  for await (const batch of stage.store.subscribe({ after: 'start', signal })) {
    if (batch.events.some(({ type }) => type === wanted)) return;
  }
}
export const isGone = (stream: string): Promise<boolean> =>
  collect(stage.store.readStream(stream)).then(
    () => false,
    (fault: unknown) => fault instanceof StreamGone,
  );
