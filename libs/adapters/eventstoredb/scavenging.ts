import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '#event-sourcing';

const poll = 100;
const longestPoll = 10_000;
/** Of the pause: the end of a scavenge is noticed when a quarter more of its time has passed at most. */
const growth = 1.25;
const callDeadline = 10_000;

type Headers = Readonly<Record<string, string>>;

interface Member {
  readonly httpEndPointIp: string;
  readonly httpEndPointPort: number;
  readonly isAlive: boolean;
}

interface Scavenge {
  readonly scavengeId: string;
  /** Only of the last one: `InProgress`, `Success`, `Stopped`, `Failed` … */
  readonly scavengeResult?: string;
}

/**
 * Scavenges every node that gossip tells of, one after another, by its admin calls: the database of each node is its
 * own. Resolves when each has reported success of a scavenge that began after the call. Throws `StoreUnavailable` when
 * a node does not answer, is down, or gives up.
 */
export async function scavengeNodes(connectionString: string): Promise<void> {
  const { nodes, headers, protocol } = parse(connectionString);
  const members = await membersOf(nodes, protocol, headers);
  for (const { httpEndPointIp, httpEndPointPort, isAlive } of members) {
    const node = `${protocol}//${httpEndPointIp}:${httpEndPointPort}`;
    if (!isAlive) throw new StoreUnavailable('event-store', `a node is down and keeps what it holds: ${node}`);
    await scavengeNode(node, headers);
  }
}

async function scavengeNode(node: string, headers: Headers): Promise<void> {
  // One that runs already has judged what is removable before this call; it would be joined, and prove nothing.
  await ended(node, headers);
  const { scavengeId } = await call<Scavenge>(`${node}/admin/scavenge`, { method: 'POST', headers });
  const last = await ended(node, headers);
  if (last.scavengeId !== scavengeId || last.scavengeResult !== 'Success') {
    throw new StoreUnavailable('event-store', `the scavenge of ${node} ended with ${last.scavengeResult ?? 'nothing'}`);
  }
}

async function ended(node: string, headers: Headers): Promise<Scavenge> {
  for (let pause = poll; ; pause = Math.min(pause * growth, longestPoll)) {
    const last = await call<Scavenge>(`${node}/admin/scavenge/last`, { headers });
    if (last.scavengeResult !== 'InProgress') return last;
    await sleep(pause);
  }
}

/** Any node tells of all. */
async function membersOf(nodes: readonly string[], protocol: string, headers: Headers): Promise<readonly Member[]> {
  let fault: unknown;
  for (const node of nodes) {
    try {
      return (await call<{ members: readonly Member[] }>(`${protocol}//${node}/gossip`, { headers })).members;
    } catch (error) {
      fault = error;
    }
  }
  throw fault instanceof StoreUnavailable ? fault : new StoreUnavailable('event-store', 'no node answers');
}

async function call<Answer>(url: string, request: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(callDeadline) });
    if (!response.ok) throw new StoreUnavailable('event-store', `${new URL(url).pathname} answered ${response.status}`);
    return (await response.json()) as Answer;
  } catch (cause) {
    if (cause instanceof StoreUnavailable) throw cause;
    throw new StoreUnavailable('event-store', `${new URL(url).pathname} is not answered`, { cause });
  }
}

/** `esdb://user:password@host:port,host:port?tls=false`: several hosts are more than `URL` takes. */
function parse(connectionString: string): { nodes: readonly string[]; protocol: string; headers: Headers } {
  const [, login, hosts = '', query] = /^[^:]+:\/\/(?:([^@/]*)@)?([^/?]*)\/?(?:\?(.*))?$/.exec(connectionString) ?? [];
  const parameters = new URLSearchParams(query?.toLowerCase());
  const nodes = hosts.split(',').map((host) => (host.includes(':') ? host : `${host}:2113`));
  const authorization = login && `Basic ${Buffer.from(decodeURIComponent(login)).toString('base64')}`;
  return {
    nodes,
    protocol: parameters.get('tls') === 'false' ? 'http:' : 'https:',
    headers: { accept: 'application/json', ...(authorization && { authorization }) },
  };
}
