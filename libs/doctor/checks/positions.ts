import { healthy, sick } from '../finding.js';
import type { Finding } from '../finding.js';
import type { DoctorPorts } from '../ports.js';

const mostLagMs = 60_000;

/** Whether every model follows the log. */
export async function checkPositions({ lag }: DoctorPorts): Promise<readonly Finding[]> {
  return (await lag()).map(({ model, position, milliseconds, state, poison }) => {
    const check = `model ${model}`;
    if (poison) {
      const advice = `an update of the product may take it; then run: ledger rebuild ${model}`;
      return sick(check, `stands still before the event at ${poison.position}: ${poison.reason}`, advice);
    }
    if (state === 'waiting') {
      return sick(check, 'waits to be built', 'start the worker; it builds the model by itself');
    }
    if (milliseconds > mostLagMs) {
      const found = `is ${Math.round(milliseconds / 1_000)} seconds behind, at position ${position}`;
      return sick(check, found, 'is a worker running? its log says what holds it up');
    }
    return healthy(check, `is at position ${position}`);
  });
}
