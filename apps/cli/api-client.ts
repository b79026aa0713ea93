import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The API said no. `problem` is its problem document. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly status: number,
    readonly problem: { readonly type?: string; readonly title?: string; readonly detail?: string },
    call: string,
  ) {
    super(`${call}: ${status} ${problem.title ?? ''}${problem.detail ? `, ${problem.detail}` : ''}`);
  }
}

export interface Call {
  /** Whose token: a role, or somebody the caller made one for. */
  readonly role: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** Makes a repetition of the call harmless. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiClient {
  readonly url: string;
  /** The answer's body. Throws `ApiProblem`. While the system is down or busy (503, no connection) it tries again. */
  call<Answer>(call: Call): Promise<Answer>;
  /**
   * The answer's lines as they come. Throws `ApiProblem`. Nobody answers: it throws at once, without trying again; so does
   * a connection that breaks.
   */
  lines(call: Pick<Call, 'role' | 'path'>): AsyncGenerator<string>;
}

// A crashed process is back within seconds; who waits longer than this wants to know.
const patience = 60_000;
const silently = 3_000;

/** A client of the API at `url` with one token for each role. */
export function createApiClient(url: string, tokens: Readonly<Record<string, string>>): ApiClient {
  // Queries carry the position of the newest command, so that this client reads what it wrote.
  let position: string | undefined;
  const noAnswer = (): Error => new Error(`${url} does not answer: is the system running (npm start)?`);

  async function once<Answer>(call: Call): Promise<Answer | 'again'> {
    const token = tokens[call.role];
    const response = await fetch(`${url}${call.path}`, {
      method: call.method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(call.body ? { 'content-type': 'application/json' } : {}),
        ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
        ...(position === undefined || call.method !== 'GET' ? {} : { 'ledger-position': position }),
        ...call.headers,
      },
      ...(call.body ? { body: JSON.stringify(call.body) } : {}),
    }).catch(() => undefined);
    if (response === undefined || response.status === 503 || response.status === 429) return 'again';
    if (call.method !== 'GET') position = response.headers.get('ledger-position') ?? position;
    const text = await response.text();
    if (!response.ok) throw new ApiProblem(response.status, parse(text) as object, `${call.method} ${call.path}`);
    return parse(text) as Answer;
  }

  return {
    url,
    call: async <Answer>(call: Call): Promise<Answer> => {
      const began = performance.now();
      let told = false;
      for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
        const answer = await once<Answer>(call);
        if (answer !== 'again') return answer;
        const waited = performance.now() - began;
        if (waited > patience) throw noAnswer();
        if (waited > silently && !told) {
          process.stderr.write(`waiting for ${url} ...\n`);
          told = true;
        }
        await delay(wait);
      }
    },
    async *lines({ role, path }) {
      const token = tokens[role];
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const response = await fetch(`${url}${path}`, { headers }).catch(() => {
        throw noAnswer();
      });
      if (!response.ok) throw new ApiProblem(response.status, parse(await response.text()) as object, `GET ${path}`);
      let rest = '';
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
      }
    },
  };
}

/** The API of the system that runs on this data directory, with its tokens; `url` and `token` go before. */
export async function localApi(options: {
  dataDir: string;
  url?: string;
  token?: string;
  /** Tokens besides those of the roles. */
  more?: Readonly<Record<string, string>>;
}): Promise<ApiClient> {
  const url =
    options.url ?? (await readJson(join(options.dataDir, 'runtime.json')))['apiUrl'] ?? 'http://127.0.0.1:3000';
  if (options.token === undefined) {
    return createApiClient(url, { ...(await readJson(join(options.dataDir, 'dev-tokens.json'))), ...options.more });
  }
  const { token } = options;
  return createApiClient(url, { admin: token, agent: token, service: token, analyst: token, auditor: token });
}

async function readJson(path: string): Promise<Record<string, string>> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Record<string, string>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
