import type { CommandResult, RunOptions } from './command-runner.js';
import type { CommandTrace } from './command-ring.js';
import { isRefusal } from './decider.js';
import type { Command, Decider, Refusal } from './decider.js';
import { Overloaded, PreconditionFailed, RevisionConflict, StoreUnavailable, StreamGone } from './errors.js';
import type { DomainEvent } from './event.js';
import type { FoldedStream } from './folded-stream.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import type { Ids } from './ports/ids.js';
import { writeSettledRequest } from './settled-requests.js';
import { createAppendBudget, eventsToAppend } from './shared-append.js';
import type { Share } from './shared-append.js';

/** What the queue of one stream works with. */
export interface QueueContext<C extends Command, E extends DomainEvent, S, R extends Refusal> {
  readonly stream: string;
  readonly decider: Decider<C, E, S, R>;
  readonly store: EventStore;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly versionOf: (type: string) => number;
  readonly mostWaiting: number;
  /** The stream as this process knows it; read when it does not. */
  readonly known: () => FoldedStream<S> | undefined;
  /** Reads what the stream holds beyond what is known, and keeps it. */
  readonly refresh: () => Promise<FoldedStream<S>>;
  readonly keep: (folded: FoldedStream<S>) => void;
  readonly forget: () => void;
  /** The answer to a command that the ring knows. */
  readonly answer: (command: C, trace: CommandTrace) => Promise<CommandResult<E, R>>;
}

interface Waiting<C extends Command, E extends DomainEvent, R extends Refusal> extends PromiseWithResolvers<
  CommandResult<E, R>
> {
  readonly command: C;
  readonly options: RunOptions;
  /** Place in the order of arrivals: a refusal must rest on what was read after it. */
  readonly arrival: number;
  /** Conflicts met so far; one that met any is appended alone, and waits before all that met none. */
  conflicts: number;
}

/** What becomes of a command in a state, as long as nobody else writes. */
type Outcome<E, R> =
  | { readonly kind: 'events'; readonly events: readonly E[] }
  | { readonly kind: 'known'; readonly trace: CommandTrace }
  | { readonly kind: 'refused'; readonly refusal: R }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'precondition' }
  | { readonly kind: 'fault'; readonly fault: unknown };

/** Faults that say nothing about a single command. */
const concernsAll = [StoreUnavailable, Overloaded, StreamGone];
const mostConflicts = 20;
const firstBackoff = 2;
const longestBackoff = 200;

export interface CommandQueue<C extends Command, E extends DomainEvent, R extends Refusal> {
  /** Throws `Overloaded` at once when too many wait already. */
  add(command: C, options: RunOptions): Promise<CommandResult<E, R>>;
}

/**
 * The commands of one process on one stream, one after another: each is decided on the state that the one before left.
 * `whenEmpty` is called each time that nothing waits any more.
 */
export function createCommandQueue<C extends Command, E extends DomainEvent, S, R extends Refusal>(
  context: QueueContext<C, E, S, R>,
  whenEmpty: () => void,
): CommandQueue<C, E, R> {
  const { stream, decider, store } = context;
  const waiting: Waiting<C, E, R>[] = [];
  let arrivals = 0;
  /** All that arrived before this were waiting when the stream was last seen to be as it is known. */
  let confirmed = 0;
  let working = false;

  async function work(): Promise<void> {
    working = true;
    while (waiting.length > 0) {
      try {
        await workOnce(context.known() ?? (await refresh()));
      } catch (fault) {
        // Reading failed, so nothing can be said about the one that waits longest; the next one tries again.
        waiting.shift()?.reject(fault);
      }
    }
    working = false;
    whenEmpty();
  }

  async function refresh(): Promise<FoldedStream<S>> {
    const arrivedBefore = arrivals;
    const folded = await context.refresh();
    confirmed = arrivedBefore;
    return folded;
  }

  async function workOnce(folded: FoldedStream<S>): Promise<void> {
    const shares = decideTogether(folded);
    if (shares.length > 0) return append(folded, shares);
    const [head] = waiting;
    if (!head) return;
    const outcome = decide(head, folded, folded.state, folded.revision);
    if (outcome.kind === 'known') {
      waiting.shift();
      void context.answer(head.command, outcome.trace).then(head.resolve, head.reject);
    } else if (outcome.kind === 'fault') {
      waiting.shift();
      head.reject(outcome.fault);
    } else if (head.arrival >= confirmed) {
      // Nothing will be appended that could reveal that others wrote meanwhile: look before saying no.
      await refresh();
    } else {
      waiting.shift();
      await conclude(head, outcome, folded).catch(head.reject);
    }
  }

  /** Decides as many as may share an append, from the head of the queue up to the first with another outcome. */
  function decideTogether(folded: FoldedStream<S>): Share<C, E>[] {
    const shares: Share<C, E>[] = [];
    const fits = createAppendBudget();
    let { state, revision } = folded;
    for (const next of waiting) {
      if (shares.some(({ command }) => command.commandId === next.command.commandId)) break;
      const outcome = decide(next, folded, state, revision);
      if (outcome.kind !== 'events' || !fits(outcome.events)) break;
      shares.push({ command: next.command, events: outcome.events });
      state = outcome.events.reduce(decider.evolve, state);
      revision += outcome.events.length;
      if (next.conflicts > 0) break;
    }
    return shares;
  }

  function decide(next: Waiting<C, E, R>, folded: FoldedStream<S>, state: S, revision: number): Outcome<E, R> {
    try {
      const trace = folded.ring.find(next.command);
      if (trace) return { kind: 'known', trace };
      const { ifRevision } = next.options;
      if (ifRevision !== undefined && ifRevision !== revision) return { kind: 'precondition' };
      const decision = decider.decide(next.command, state);
      if (isRefusal(decision)) return { kind: 'refused', refusal: decision };
      return decision.length > 0 ? { kind: 'events', events: decision } : { kind: 'nothing' };
    } catch (fault) {
      return { kind: 'fault', fault };
    }
  }

  async function conclude(
    { command, options, resolve, reject }: Waiting<C, E, R>,
    outcome: Outcome<E, R>,
    { revision, position, ring }: FoldedStream<S>,
  ): Promise<void> {
    if (outcome.kind === 'precondition') {
      reject(new PreconditionFailed(stream, options.ifRevision ?? revision, revision));
    } else if (outcome.kind === 'refused') {
      resolve({ accepted: false, refusal: outcome.refusal, revision });
    } else {
      if (options.keyed) {
        const trace = { commandHash: command.commandHash, revision, position };
        await writeSettledRequest(store, context.ids, stream, command, trace);
        ring.settle(command.commandId, trace);
      }
      resolve({ accepted: true, events: [], position, revision, repeated: false });
    }
  }

  async function append(folded: FoldedStream<S>, shares: readonly Share<C, E>[]): Promise<void> {
    const appending = waiting.splice(0, shares.length);
    const arrivedBefore = arrivals;
    try {
      const events = eventsToAppend(shares, folded.revision, context);
      const appended = await store.append(stream, events, folded.revision < 0 ? 'none' : folded.revision);
      confirmed = arrivedBefore;
      let { state, revision } = folded;
      events.forEach(({ metadata }, index) => {
        folded.ring.note(folded.revision + 1 + index, metadata);
      });
      shares.forEach((share, index) => {
        state = share.events.reduce(decider.evolve, state);
        revision += share.events.length;
        const result = { accepted: true, events: share.events, position: appended.position, revision } as const;
        appending[index]?.resolve({ ...result, repeated: false });
      });
      context.keep({ state, revision, position: appended.position, ring: folded.ring });
    } catch (fault) {
      await recover(fault, appending);
    }
  }

  /** Puts back what can be decided again, and gives the rest the fault. */
  async function recover(fault: unknown, appending: Waiting<C, E, R>[]): Promise<void> {
    if (fault instanceof StreamGone) context.forget();
    const conflict = fault instanceof RevisionConflict;
    // Together they may have been too much, or one of them spoiled it: alone each gets its own answer.
    const apart = appending.length > 1 && !concernsAll.some((kind) => fault instanceof kind);
    const again = appending.filter((each) => (conflict || apart) && ++each.conflicts <= mostConflicts);
    for (const each of appending) if (!again.includes(each)) each.reject(fault);
    waiting.unshift(...again);
    if (!conflict) return;
    const backoff = Math.min(longestBackoff, firstBackoff * 2 ** (again[0]?.conflicts ?? 0));
    if ((again[0]?.conflicts ?? 0) > 1) await context.clock.sleep(context.ids.chance() * backoff);
    const folded = await refresh();
    // Events that can no longer be read (truncated, expired) decide nothing, but they count.
    if (folded.revision < fault.actual) context.keep({ ...folded, revision: fault.actual });
  }

  return {
    add(command, options) {
      if (waiting.length >= context.mostWaiting) return Promise.reject(new Overloaded(stream));
      const resolvers = Promise.withResolvers<CommandResult<E, R>>();
      waiting.push({ ...resolvers, command, options, arrival: arrivals++, conflicts: 0 });
      if (!working) void work();
      return resolvers.promise;
    },
  };
}
