import type { Clock } from './ports/clock.js';
import type { Documents, Lease } from './ports/documents.js';
import { aborted } from './projection-engine/aborted.js';
import { holdLease } from './projection-engine/lease-holder.js';

export interface Campaign {
  /** Resolves once it has asked for the lease: then it works, or waits its turn. */
  start(): Promise<void>;
  /** Ends after the work in hand, and lets another process take over at once. */
  stop(): Promise<void>;
}

/**
 * Does `work` while it holds the lease, again and again; of all campaigns for one lease, one works. `work` ends when
 * its signal aborts; what it throws is told and tried again. `over`: never again in this process.
 */
export function createCampaign(
  options: {
    readonly documents: Documents;
    readonly clock: Clock;
    readonly lease: string;
    readonly holder: string;
    readonly leaseMilliseconds: number;
    readonly stumbled: (fault: unknown) => void;
  },
  work: (lease: Lease, signal: AbortSignal) => Promise<'over' | undefined>,
): Campaign {
  const { documents, clock, holder, leaseMilliseconds, stumbled } = options;
  const stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();

  /** A database that is away is waited for like a lease that somebody has. */
  async function acquire(): Promise<Lease | undefined> {
    return documents.acquireLease(options.lease, holder, leaseMilliseconds).catch((error: unknown) => {
      stumbled(error);
      return undefined;
    });
  }

  async function workWith(lease: Lease): Promise<'over' | undefined> {
    const leading = new AbortController();
    const signal = AbortSignal.any([stopping.signal, leading.signal]);
    const held = holdLease(documents, clock, lease, leaseMilliseconds, leading, signal);
    try {
      return await work(lease, signal);
    } finally {
      leading.abort();
      await held;
      await documents.releaseLease(lease).catch(stumbled);
    }
  }

  async function campaign(first: Lease | undefined): Promise<void> {
    let lease = first;
    while (!stopping.signal.aborted) {
      try {
        if (lease && (await workWith(lease)) === 'over') return;
      } catch (error) {
        stumbled(error);
      }
      await clock.sleep(leaseMilliseconds / 4, stopping.signal);
      lease = aborted(stopping.signal) ? undefined : await acquire();
    }
  }

  return {
    async start() {
      working = campaign(await acquire());
    },
    async stop() {
      stopping.abort();
      await working;
    },
  };
}
