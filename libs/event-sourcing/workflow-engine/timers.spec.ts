import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instanceStream } from '#event-sourcing';
import { basket, closeBasket, collect } from '#event-sourcing-testing';
import { day, name, openStage, whenFilledThenClose } from '#event-sourcing-testing/closing-baskets';
import type { Stage } from '#event-sourcing-testing/closing-baskets';

/** What the workflow waits before it acts. */
const wait = 30 * day;
const timerRuns = Number(process.env['TIMER_RUNS'] ?? 50);

let stage: Stage;
beforeEach(() => {
  stage = openStage();
});
afterEach(() => stage.stop());

describe('a timer', () => {
  const slow = () => whenFilledThenClose(stage, { after: wait });

  it('fires when its time has come, not before, and its instance holds nothing up meanwhile', async () => {
    await stage.fill('basket-1');
    const first = await stage.work(slow());
    await stage.shown((all) => all.length === 1);
    stage.clock.jump(wait - 1);
    await stage.fill('basket-2');
    await stage.shown((all) => all.length === 2);
    expect(stage.performed).toEqual([]);
    stage.clock.jump(1);
    await stage.recorded('BasketClosed', 'basket-1');
    await first.stop();
    expect(stage.performed).toEqual(['basket-1']);
    expect(stage.instances().map(({ key }) => key)).toEqual(['basket-2']);
  });

  it('that is no longer wanted does not fire', async () => {
    await stage.fill('basket-1');
    await stage.work(slow());
    await stage.shown((all) => all.length === 1);
    await stage.runner.run(basket, 'basket-1', closeBasket('by hand'));
    await stage.shown((all) => all.length === 0);
    stage.clock.jump(2 * wait);
    await stage.fill('basket-2');
    await stage.shown((all) => all.length === 1);
    expect(stage.performed).toEqual([]);
  });

  it('R5: does nothing again in a copy of the log, whose positions are others, and fires there what still waits', async () => {
    const performed: string[] = [];
    const commandIds = new Set<string>();
    const silent = () =>
      whenFilledThenClose(stage, {
        after: wait,
        performer: () => ({
          perform(_todo, { key, header }) {
            performed.push(key);
            commandIds.add(header.commandId);
            return Promise.resolve(0);
          },
        }),
      });
    const settled = (key: string) => stage.recorded('WorkflowToDoSettled', instanceStream(name, key));
    await stage.fill('basket-1');
    const first = await stage.work(silent());
    await stage.shown((all) => all.length === 1);
    stage.clock.jump(wait);
    await settled('basket-1');
    await stage.fill('basket-2');
    await stage.shown(([waiting]) => waiting?.key === 'basket-2');
    await first.stop();

    const original = await collect(stage.store.readAll());
    stage = openStage(stage);
    await stage.fill('basket-0');
    for (const { stream, id, type, data, metadata } of original) {
      await stage.store.append(stream, [{ id, type, data, metadata }], 'any');
    }
    await stage.work(silent());
    await stage.shown((all) => all.length === 2);
    stage.clock.jump(wait);
    await settled('basket-2');
    expect(performed.toSorted()).toEqual(['basket-0', 'basket-1', 'basket-2']);
    expect(commandIds.size).toBe(3);
  });

  it('R5: fires once, whatever the clock does (±1 day), across restarts, with two workers, and with the models lost', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.integer({ min: -day, max: day }).map((jump) => ({ kind: 'jump', jump }) as const),
        fc.constantFrom({ kind: 'restart' } as const, { kind: 'second' } as const, { kind: 'lose' } as const),
        fc.integer({ min: 1, max: 3 }).map((basket) => ({ kind: 'fill', basket }) as const),
      ),
      { minLength: 3, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        stage = openStage();
        const waiting = () => whenFilledThenClose(stage, { after: day });
        let running = [await stage.work(waiting())];
        const baskets = new Set(['basket-0']);
        await stage.fill('basket-0');
        for (const step of played) {
          if (step.kind === 'jump') stage.clock.jump(step.jump);
          if (step.kind === 'fill') {
            // Filled again, a closed basket would ask to be closed once more.
            if (!baskets.has(`basket-${step.basket}`)) await stage.fill(`basket-${step.basket}`);
            baskets.add(`basket-${step.basket}`);
          }
          if (step.kind === 'second' && running.length < 2) running.push(await stage.work(waiting()));
          if (step.kind === 'restart' || step.kind === 'lose') {
            for (const worker of running) await worker.stop();
            if (step.kind === 'lose') stage.loseModels();
            running = [await stage.work(waiting())];
          }
          await stage.clock.sleep(300);
        }
        stage.clock.jump(20 * day);
        await stage.recorded('BasketClosed', ...baskets);
        for (const worker of running) await worker.stop();
        for (const each of baskets) expect(await stage.typesOf(each)).toEqual(['ItemAdded', 'BasketClosed']);
        expect(stage.commandIds.size).toBe(baskets.size);
      }),
      { numRuns: timerRuns },
    );
  }, 600_000);
});
