import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { findScavengeable } from '../semantics/scavengeable.js';
import type { Scavengeable } from '../semantics/scavengeable.js';
import { checkpoint } from '../storage/checkpoint.js';
import { openForReading, writeAheadLogSize } from '../storage/connection.js';
import { EventReader } from '../storage/event-reader.js';
import { verifyContents, verifyStructure } from '../storage/verification.js';
import { describeFailure } from './failures.js';
import type { MaintenanceReport, MaintenanceRequest, MaintenanceTask } from './messages.js';

/** The thread for what takes long and no client waits for: checkpoints, verification, the search of a scavenge. */
const { directory } = workerData as { directory: string };
const db = openForReading(directory);
const reader = new EventReader(db);

const CHECKPOINT_INTERVAL = 100;
const CHECKPOINT_SIZE = 8 * 1024 * 1024;
const PORTION = 500;

let isStopping = false;

const timer = setInterval(() => {
  if (writeAheadLogSize(directory) < CHECKPOINT_SIZE) return;
  if (checkpoint(db)) report({ kind: 'checkpointed' });
}, CHECKPOINT_INTERVAL);

parentPort?.on('message', (request: MaintenanceRequest) => {
  if (request === 'stop') stop();
  else void perform(request.number, request.task);
});

async function perform(number: number, task: MaintenanceTask): Promise<void> {
  try {
    switch (task) {
      case 'verify-structure':
        verifyStructure(db);
        break;
      case 'verify-contents':
        await verifyInSteps();
        break;
      case 'find-scavengeable':
        search(number);
    }
    report({ kind: 'done', number });
  } catch (error) {
    report({ kind: 'failed', number, failure: describeFailure(error) });
  }
}

async function verifyInSteps(): Promise<void> {
  const steps = verifyContents(reader);
  while (!isStopping && steps.next().done !== true) await setImmediate();
}

/** One state of the log for the whole search: nothing is judged by what comes later. */
function search(number: number): void {
  reader.snapshot(() => {
    let portion: Scavengeable[] = [];
    for (const found of findScavengeable(reader, Date.now())) {
      if (portion.push(found) < PORTION) continue;
      report({ kind: 'found', number, portion });
      portion = [];
    }
    report({ kind: 'found', number, portion });
  });
}

function stop(): void {
  isStopping = true;
  clearInterval(timer);
  parentPort?.close();
}

function report(message: MaintenanceReport): void {
  parentPort?.postMessage(message);
}
