import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { outcomeDecider, StoreUnavailable } from '#event-sourcing';
import { closeBasket, testGoldenEvents } from '#event-sourcing-testing';
import { day, fail, name, openStage, whenFilledThenClose } from '#event-sourcing-testing/closing-baskets';
import type { Stage } from '#event-sourcing-testing/closing-baskets';
import { instanceStream, workflowEvents } from './events.js';
import { mostAttempts } from './outcomes.js';

let stage: Stage;
beforeEach(() => {
  stage = openStage();
});
afterEach(() => stage.stop());

describe('a workflow', () => {
  it('does what its events ask for, before and after its start, once, and is forgotten at rest', async () => {
    await stage.fill('basket-1');
    await stage.work(whenFilledThenClose(stage));
    await stage.fill('basket-2');
    await stage.recorded('BasketClosed', 'basket-1', 'basket-2');
    await stage.shown((left) => left.length === 0);
    expect(stage.performed.sort()).toEqual(['basket-1', 'basket-2']);
    expect(await stage.typesOf('basket-1')).toEqual(['ItemAdded', 'BasketClosed']);
    expect(await stage.outcomes('basket-1')).toEqual([]);
  });

  it('does nothing again after a restart, nor when the models are rebuilt from nothing', async () => {
    await stage.fill('basket-1');
    const first = await stage.work(whenFilledThenClose(stage));
    await stage.recorded('BasketClosed', 'basket-1');
    await first.stop();
    stage.performed = [];
    stage.loseModels();
    const second = await stage.work(whenFilledThenClose(stage));
    await stage.fill('basket-2');
    await stage.recorded('BasketClosed', 'basket-2');
    await second.stop();
    expect(stage.performed).toEqual(['basket-2']);
  });

  it('tries again later and later, under the same command id, while others go on', async () => {
    stage.failures.set('basket-1', 2);
    await stage.fill('basket-1');
    await stage.fill('basket-2');
    await stage.work(whenFilledThenClose(stage));
    await stage.recorded('BasketClosed', 'basket-2');
    for (const pause of [1_000, 2_000]) {
      const attempt = pause / 1_000;
      await stage.shown(([first]) => first?.failing?.attempts === attempt);
      const retryAt = new Date(Date.parse(stage.clock.now()) + pause).toISOString();
      expect(stage.instances()[0]?.failing).toEqual({ todo: 'close', attempts: attempt, retryAt });
      stage.clock.jump(pause);
    }
    await stage.recorded('BasketClosed', 'basket-1');
    expect(stage.performed.filter((key) => key === 'basket-1')).toHaveLength(3);
    expect(stage.commandIds.size).toBe(2);
    expect(await stage.outcomes('basket-1')).toEqual(['WorkflowAttemptFailed', 'WorkflowAttemptFailed']);
    expect(stage.faults).toEqual([fail(), fail()]);
  });

  it('quarantines an instance that never succeeds, alone and visibly, until it is released', async () => {
    stage.failures.set('basket-1', mostAttempts);
    await stage.fill('basket-1');
    await stage.work(whenFilledThenClose(stage));
    for (let attempt = 1; attempt < mostAttempts; attempt++) {
      await stage.shown(([first]) => first?.failing?.attempts === attempt);
      stage.clock.jump(day);
    }
    await stage.shown(([first]) => first?.quarantined !== null);
    expect(stage.instances()).toMatchObject([
      { quarantined: { reason: 'RangeError', attempts: mostAttempts }, due: null },
    ]);
    await stage.fill('basket-2');
    await stage.recorded('BasketClosed', 'basket-2');
    stage.clock.jump(day);
    expect(stage.performed.filter((key) => key === 'basket-1')).toHaveLength(mostAttempts);

    const { runner } = stage;
    const header = { ...closeBasket('release'), at: stage.clock.now() };
    const instance = { workflow: name, key: 'basket-1' };
    const stream = instanceStream(instance.workflow, instance.key);
    const release = { ...header, type: 'ReleaseInstance', ...instance } as const;
    expect(await runner.run(outcomeDecider, stream, release)).toMatchObject({ accepted: true });
    await stage.recorded('BasketClosed', 'basket-1');
    const again = { ...release, commandId: 'again', commandHash: 'again' };
    expect(await runner.run(outcomeDecider, stream, again)).toMatchObject({ refusal: { code: 'not-quarantined' } });
  });

  it('counts no attempt while a store is away', async () => {
    let away = 5;
    const workflow = whenFilledThenClose(stage);
    await stage.fill('basket-1');
    await stage.work({
      ...workflow,
      performer: (ports) => ({
        perform(todo, context) {
          if (away-- > 0) throw new StoreUnavailable('event-store', 'test');
          return workflow.performer(ports).perform(todo, context);
        },
      }),
    });
    await stage.recorded('BasketClosed', 'basket-1');
    expect(stage.faults).toHaveLength(5);
    expect(await stage.outcomes('basket-1')).toEqual([]);
  });

  it('lets a key that its own rules cannot cope with stand alone', async () => {
    stage.poison.add('basket-1');
    await stage.fill('basket-1');
    await stage.fill('basket-2');
    await stage.work(whenFilledThenClose(stage));
    await stage.recorded('BasketClosed', 'basket-2');
    await stage.recorded('WorkflowQuarantined', instanceStream(name, 'basket-1'));
    await stage.shown(([first]) => first?.quarantined !== null);
    await stage.fill('basket-3');
    await stage.recorded('BasketClosed', 'basket-3');
    await stage.shown((all) => all.length === 1);
    expect(stage.instances()).toMatchObject([{ key: 'basket-1', broken: 'RangeError', quarantined: { attempts: 0 } }]);
  });

  it('records that a to-do is done when no event of the domain says so, and does not do it again', async () => {
    const silent = whenFilledThenClose(stage, {
      performer: () => ({
        perform(_todo, { key }) {
          stage.performed.push(key);
          return Promise.resolve(0);
        },
      }),
    });
    await stage.fill('basket-1');
    const first = await stage.work(silent);
    await stage.recorded('WorkflowToDoSettled', instanceStream(name, 'basket-1'));
    await stage.shown((left) => left.length === 0);
    await first.stop();
    await stage.work(silent);
    await stage.fill('basket-2');
    await stage.recorded('WorkflowToDoSettled', instanceStream(name, 'basket-2'));
    expect(stage.performed).toEqual(['basket-1', 'basket-2']);
  });

  it('does the same to-do again, as another command, for a later instance of the key', async () => {
    const closing = whenFilledThenClose(stage);
    await stage.fill('basket-1');
    await stage.work({
      ...closing,
      performer: (ports) => ({
        async perform(todo, context) {
          const position = await closing.performer(ports).perform(todo, context);
          // Filled again before the model shows that the first instance is at its end.
          if (stage.performed.length === 1) await stage.fill('basket-1', 2);
          return position;
        },
      }),
    });
    await stage.recorded('WorkflowToDoSettled', instanceStream(name, 'basket-1'));
    expect(stage.performed).toEqual(['basket-1', 'basket-1']);
    expect(stage.commandIds.size).toBe(2);
  });

  it('that acts from where it was first enabled leaves alone what began before, also after a rebuild', async () => {
    const later = whenFilledThenClose(stage, { actsFrom: 'first-enabled' });
    await stage.fill('basket-1');
    const first = await stage.work(later);
    await stage.recorded('WorkflowEnabled', 'workflow-when-filled-then-close');
    await stage.fill('basket-2');
    await stage.recorded('BasketClosed', 'basket-2');
    await first.stop();
    stage.loseModels();
    await stage.work(later);
    await stage.fill('basket-3');
    await stage.recorded('BasketClosed', 'basket-3');
    expect(stage.performed).toEqual(['basket-2', 'basket-3']);
    expect(await stage.typesOf('workflow-when-filled-then-close')).toEqual(['WorkflowEnabled']);
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, workflowEvents.definitions);
});
