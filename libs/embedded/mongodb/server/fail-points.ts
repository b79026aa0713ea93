import { Document, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';

const FAIL_POINT_NOT_SET = 249;

/** What `failCommand` does to the commands it meets. */
export interface CommandFailure {
  /** Commands with these names only. */
  readonly commands: ReadonlySet<string>;
  /** Connections that gave this name in their handshake only; undefined for all. */
  readonly appName: string | undefined;
  /** Milliseconds to wait first. */
  readonly blockMs: number;
  readonly closesConnection: boolean;
  /** The command fails with this code instead of being run. */
  readonly code: number | undefined;
  readonly labels: readonly Value[] | undefined;
  /** Put into the reply of the command, which is run. */
  readonly writeConcernError: Document | undefined;
}

interface Armed {
  readonly failure: CommandFailure;
  /** Commands to let through first. */
  skip: number;
  times: number;
}

/**
 * The one fail point that a server has: drivers' own tests arm it to see how a driver meets errors. Nothing fails until a
 * client has asked for it.
 */
export class FailPoints {
  private armed: Armed | undefined;

  /** Reads a `configureFailPoint` command. Throws 249 for another fail point than `failCommand`, 9 for a bad mode. */
  configure(command: Document): void {
    const name = command.get('configureFailPoint');
    if (name !== 'failCommand') throw new MongoError(FAIL_POINT_NOT_SET, 'the only fail point is failCommand');
    const mode = readMode(command.get('mode'));
    const data = command.get('data');
    this.armed = mode && { failure: readFailure(data instanceof Document ? data : new Document()), ...mode };
  }

  /** What is to happen to the next command of that name; undefined when it is to be left alone. */
  next(name: string, appName: () => string | undefined): CommandFailure | undefined {
    const { armed } = this;
    if (armed?.failure.commands.has(name) !== true) return undefined;
    if (armed.failure.appName !== undefined && armed.failure.appName !== appName()) return undefined;
    if (armed.skip > 0) {
      armed.skip--;
      return undefined;
    }
    if (--armed.times <= 0) this.armed = undefined;
    return armed.failure;
  }
}

/** How often; undefined for never. */
function readMode(mode: Value | undefined): Pick<Armed, 'skip' | 'times'> | undefined {
  if (mode === 'off') return undefined;
  if (mode === 'alwaysOn') return { skip: 0, times: Infinity };
  const times = mode instanceof Document ? mode.get('times') : undefined;
  const skip = mode instanceof Document ? mode.get('skip') : undefined;
  if (isNumeric(times)) return toDouble(times) > 0 ? { skip: 0, times: toDouble(times) } : undefined;
  if (isNumeric(skip)) return { skip: toDouble(skip), times: Infinity };
  throw new MongoError(9, "the mode of a fail point is 'off', 'alwaysOn', { times: N } or { skip: N }");
}

function readFailure(data: Document): CommandFailure {
  const commands = data.get('failCommands');
  const appName = data.get('appName');
  const blockMs = data.get('blockTimeMS');
  const code = data.get('errorCode');
  const labels = data.get('errorLabels');
  const concern = data.get('writeConcernError');
  return {
    commands: new Set(Array.isArray(commands) ? commands.filter((name) => typeof name === 'string') : []),
    appName: typeof appName === 'string' ? appName : undefined,
    blockMs: data.get('blockConnection') === true && isNumeric(blockMs) ? toDouble(blockMs) : 0,
    closesConnection: data.get('closeConnection') === true,
    code: isNumeric(code) ? toDouble(code) : undefined,
    labels: Array.isArray(labels) ? labels : undefined,
    writeConcernError: concern instanceof Document ? concern : undefined,
  };
}
