import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** What the operator's HTTP endpoints tell. */
export interface NodeStatus {
  readonly instanceId: string;
  /** False while the server starts or stops, and after damage was found. */
  isReady(): boolean;
  endpoint(request: IncomingMessage): { address: string; port: number };
  /** Starts a scavenge, or joins the one that runs; its id. */
  scavenge(): string;
  lastScavenge(): { readonly id: string; readonly result: string } | undefined;
  /** As JSON shall tell them; `reset` begins to measure anew afterwards. */
  statistics(reset: boolean): object;
}

const noScavenge = '00000000-0000-0000-0000-000000000000';

/** HTTP/1.1 on the port of the gRPC services: health, gossip, info, statistics and scavenges. */
export function httpEndpoints(node: NodeStatus): RequestListener {
  return (request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (!url) {
      response.writeHead(400).end();
      return;
    }
    const { pathname, searchParams } = url;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    switch (pathname) {
      case '/health/live':
        if (!isRead) response.writeHead(405).end();
        else response.writeHead(node.isReady() ? liveCode(searchParams.get('liveCode')) : 503).end();
        return;
      case '/info':
        sendJson(response, {
          esVersion: '24.6.0.0',
          state: 'leader',
          features: { projections: false, userManagement: false, atomPub: false },
          authentication: { type: 'insecure', properties: {} },
        });
        return;
      case '/gossip':
        sendJson(response, gossip(node, request));
        return;
      case '/admin/scavenge':
        if (request.method !== 'POST') response.writeHead(405).end();
        else sendJson(response, { scavengeId: node.scavenge() });
        return;
      case '/admin/scavenge/last': {
        const { id = noScavenge, result = 'Unknown' } = node.lastScavenge() ?? {};
        sendJson(response, { scavengeId: id, scavengeLink: '', scavengeResult: result });
        return;
      }
      case '/ping':
        sendJson(response, { msgTypeId: 0, text: 'Ping request successfully handled' });
        return;
      case '/stats':
        sendJson(response, node.statistics(searchParams.has('reset')));
        return;
      default:
        response.writeHead(404).end();
    }
  };
}

function gossip(node: NodeStatus, request: IncomingMessage) {
  const { address, port } = node.endpoint(request);
  return {
    members: [
      {
        instanceId: node.instanceId,
        timeStamp: new Date().toISOString(),
        state: 'Leader',
        isAlive: true,
        httpEndPointIp: address,
        httpEndPointPort: port,
      },
    ],
    serverIp: address,
    serverPort: port,
  };
}

/** Load balancers differ in what they take for alive: the caller may choose the code. */
function liveCode(wanted: string | null): number {
  const code = Number(wanted ?? 204);
  return Number.isInteger(code) && code >= 200 && code <= 599 ? code : 204;
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
