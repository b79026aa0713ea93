import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createCommandRunner, StoreUnavailable } from '#event-sourcing';
import type { CommandResult, EventStore } from '#event-sourcing';
import {
  addItem,
  basket,
  basketCatalogue,
  closeBasket,
  collect,
  createInMemoryEventStore,
  createTestIds,
  emptyLog,
  ensureItem,
  fixedClock,
  withFaults,
} from '#event-sourcing-testing';
import type { BasketCommand, BasketEvent, BasketRefusal, FaultPlan, InMemoryLog } from '#event-sourcing-testing';

type Result = CommandResult<BasketEvent, BasketRefusal>;

const stream = 'basket-1';
const clock = fixedClock();
const openStore = (log: InMemoryLog): EventStore =>
  createInMemoryEventStore({ catalogue: basketCatalogue, clock, log });

/** A process over the log; its sender repeats what was not answered, as a sender does. */
function openProcess(name: string, log: InMemoryLog, plan: FaultPlan = () => undefined) {
  const store = withFaults(openStore(log), plan);
  const runner = createCommandRunner({ store, catalogue: basketCatalogue, ids: createTestIds(name), clock });
  return async (command: BasketCommand): Promise<Result> => {
    for (;;) {
      try {
        return await runner.run(basket, stream, command, { keyed: true });
      } catch (fault) {
        if (!(fault instanceof StoreUnavailable)) throw fault;
      }
    }
  };
}

async function commandsStored(log: InMemoryLog): Promise<string[]> {
  return (await collect(openStore(log).readStream(stream))).map(({ metadata }) => metadata.commandId);
}

/** The same answer, whether or not it was the first time. */
const answered = (result: Result): unknown => (result.accepted ? { ...result, repeated: undefined } : result);

describe('repeated, reordered and parallel commands (R3)', () => {
  const deliveries = fc.array(fc.record({ command: fc.nat(5), process: fc.nat(1), waits: fc.boolean() }), {
    minLength: 1,
    maxLength: 40,
  });

  it('write each command once, and each delivery gets the same answer', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (sequence) => {
        const log = emptyLog();
        const processes = [openProcess('one', log), openProcess('other', log)];
        const running = new Map<number, Promise<Result>[]>();
        for (const { command, process, waits } of sequence) {
          const result =
            processes[process]?.(addItem(`command-${command}`, 'pen', command)) ?? Promise.reject(new Error());
          running.set(command, [...(running.get(command) ?? []), result]);
          if (waits) await result;
        }
        for (const results of running.values()) {
          const answers = (await Promise.all(results)).map(answered);
          expect(answers).toEqual(answers.map(() => answers[0]));
        }
        const expected = [...running.keys()].map((command) => `command-${command}`);
        expect((await commandsStored(log)).sort()).toEqual(expected.sort());
      }),
      { numRuns: 200 },
    );
  });
});

describe('a fault at every call of the store (R4)', () => {
  const script: readonly BasketCommand[] = [
    addItem('command-1', 'pen'),
    ensureItem('command-2', 'pen'),
    ensureItem('command-3', 'cup'),
    closeBasket('command-4'),
    addItem('command-5', 'hat'),
    ensureItem('command-2', 'pen'),
    addItem('command-1', 'pen'),
  ];

  async function outcome(plan: FaultPlan): Promise<{ calls: number; answers: unknown[]; commands: string[] }> {
    const log = emptyLog();
    let calls = 0;
    const send = openProcess('one', log, (call) => {
      calls++;
      return plan(call);
    });
    const answers: unknown[] = [];
    for (const command of script) answers.push(withoutPlace(await send(command)));
    return { calls, answers, commands: await commandsStored(log) };
  }

  // Faults leave calls that take positions (an expiry set twice), so positions differ between runs.
  const withoutPlace = (result: Result): unknown =>
    result.accepted ? { events: result.events, revision: result.revision } : result;

  it('loses and doubles nothing', async () => {
    const undisturbed = await outcome(() => undefined);
    expect(undisturbed.commands).toEqual(['command-1', 'command-3', 'command-4']);
    for (let number = 0; number < undisturbed.calls; number++) {
      for (const fault of ['error-before', 'error-after', 'delay'] as const) {
        const { answers, commands } = await outcome((call) => (call.number === number ? fault : undefined));
        expect({ number, fault, answers, commands }).toEqual({
          number,
          fault,
          answers: undisturbed.answers,
          commands: undisturbed.commands,
        });
      }
    }
  });

  it('loses and doubles nothing when commands come together and any calls fail', async () => {
    const faults = fc.array(fc.constantFrom('error-before', 'error-after', 'delay', undefined, undefined), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(faults, faults, async (one, other) => {
        const log = emptyLog();
        const processes = [one, other].map((plan, index) =>
          openProcess(`process ${index}`, log, ({ number }) => plan[number]),
        );
        const ids = Array.from({ length: 12 }, (_, n) => `command-${n}`);
        await Promise.all(ids.flatMap((id) => processes.map((send) => send(addItem(id)))));
        expect((await commandsStored(log)).sort()).toEqual([...ids].sort());
      }),
    );
  });
});
