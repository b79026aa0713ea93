import { accessDirectory, takeForOffline } from '#access/user';
import { createCampaign } from '#event-sourcing';
import type { Campaign, Clock, CommandRunner, Documents, Heartbeats, Ids, LiveViews } from '#event-sourcing';
import { lookAgain, silentOnes } from './silence.js';
import type { Watch } from './silence.js';

export interface PresenceWatchPorts {
  readonly heartbeats: Heartbeats;
  readonly documents: Documents;
  readonly runner: CommandRunner;
  readonly views: LiveViews;
  readonly ids: Ids;
  readonly clock: Clock;
}

const pause = 5_000;
/** A look that comes later than this was kept from coming. */
const longestPause = 4 * pause;
const leaseMilliseconds = 10_000;

/** Takes for offline who is silent (ASG-3). Of all processes that could, one looks. */
export function createPresenceWatch(
  ports: PresenceWatchPorts,
  { holder, stumbled }: { readonly holder: string; readonly stumbled: (fault: unknown) => void },
): Campaign {
  const { documents, clock } = ports;
  const lease = { documents, clock, lease: 'presence', holder, leaseMilliseconds, stumbled };
  return createCampaign(lease, async (_lease, signal) => {
    // What throws ends it: who looks next begins anew, and counts silence from then on.
    let watch: Watch | undefined;
    while (!signal.aborted) {
      watch = await look(ports, watch);
      await clock.sleep(pause, signal);
    }
    return undefined;
  });
}

async function look({ heartbeats, runner, views, ids, clock }: PresenceWatchPorts, before: Watch | undefined) {
  const heard = await heartbeats.read();
  const watch = lookAgain(before, heard, longestPause);
  const users = [...views.read(accessDirectory).users.values()];
  const atWork = users.filter(({ presence }) => presence === 'online' || presence === 'away');
  for (const { userId, since } of silentOnes(
    watch,
    heard,
    atWork.map(({ userId }) => userId),
  )) {
    const commandId = ids.next();
    const header = { commandId, commandHash: commandId, correlationId: commandId, causationId: commandId };
    const actor = { id: 'presence', role: 'workflow' } as const;
    const lastSeenAt = new Date(since).toISOString();
    await takeForOffline(runner, { ...header, actor, at: clock.now() }, { userId, lastSeenAt });
  }
  return watch;
}
