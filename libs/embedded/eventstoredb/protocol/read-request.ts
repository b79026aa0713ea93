import { filterFor } from '../semantics/filter.js';
import type { FilterSpec } from '../semantics/filter.js';
import { invalidArgument } from '../transport/status.js';
import type { UuidForm } from './identifiers.js';
import { parseStreamName } from './identifiers.js';
import type { Uint64 } from './messages/codec.js';
import type { FilterOptions, ReadOptions } from './messages/read.js';

/** What one Read call asks for: a read or a subscription, of a stream or of `$all`. */
export interface ReadRequest {
  readonly uuidForm: UuidForm;
  readonly resolveLinks: boolean;
  readonly direction: 'forwards' | 'backwards';
  /** Absent: a subscription. */
  readonly count?: number;
  readonly source:
    | { readonly kind: 'stream'; readonly stream: string; readonly from: 'start' | 'end' | number }
    | {
        readonly kind: 'all';
        readonly from: 'start' | 'end' | number;
        readonly filter?: { readonly spec: FilterSpec; readonly checkpointInterval: number };
      };
}

/** Examined events per checkpoint unit when the client asks for a count instead of a window. */
const DEFAULT_WINDOW = 32;
const BACKWARDS = 1;

/** Throws GrpcError for combinations that are not served, rather than answer something else. */
export function parseReadRequest(options: ReadOptions = {}): ReadRequest {
  const { uuidOption, countOption, filterOption, readDirection = 0, resolveLinks = false } = options;
  if (!uuidOption) throw invalidArgument('a read has to say in which form it wants ids');
  if (!filterOption) throw invalidArgument('a read has to have a filter or say that it has none');
  if (!countOption) throw invalidArgument('a read has to have a count or be a subscription');
  if (readDirection !== 0 && readDirection !== BACKWARDS) throw invalidArgument('the read direction is unknown');
  const direction = readDirection === BACKWARDS ? 'backwards' : 'forwards';
  if (countOption === 'subscription' && direction === 'backwards')
    throw invalidArgument('a subscription cannot go backwards');
  return {
    uuidForm: uuidOption.content === 'string' ? 'string' : 'structured',
    resolveLinks,
    direction,
    ...(countOption === 'count' && { count: Number(options.count ?? 0) }),
    source: parseSource(options, countOption === 'subscription'),
  };
}

function parseSource(options: ReadOptions, isSubscription: boolean): ReadRequest['source'] {
  switch (options.streamOption) {
    case 'stream': {
      if (options.filterOption === 'filter') throw invalidArgument('a stream cannot be filtered');
      const { streamIdentifier, revisionOption, revision = 0 } = options.stream ?? {};
      if (!revisionOption) throw invalidArgument('a stream read has to say where it starts');
      return {
        kind: 'stream',
        stream: parseStreamName(streamIdentifier),
        from: revisionOption === 'revision' ? safeNumber(revision) : revisionOption,
      };
    }
    case 'all': {
      const { allOption } = options.all ?? {};
      if (!allOption) throw invalidArgument('a read of $all has to say where it starts');
      const filter = options.filterOption === 'filter' ? parseFilter(options.filter ?? {}, isSubscription) : undefined;
      return {
        kind: 'all',
        from: allOption === 'position' ? parsePosition(options) : allOption,
        ...(filter && { filter }),
      };
    }
    default:
      throw invalidArgument('a read has to be of a stream or of $all');
  }
}

function parsePosition({ all }: ReadOptions): number {
  const commit = BigInt(all?.position?.commitPosition ?? 0);
  const prepare = BigInt(all?.position?.preparePosition ?? 0);
  if (commit < prepare) throw invalidArgument('the commit position lies before the prepare position');
  return safeNumber(commit);
}

/** Nothing is ever stored near 2^53, so everything above is the same place: far beyond the end. */
function safeNumber(value: Uint64): number {
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
}

function parseFilter(options: FilterOptions, isSubscription: boolean) {
  const expression = options.filter && options[options.filter];
  if (!expression) throw invalidArgument('a filter has to be on streams or on event types');
  if (!options.window) throw invalidArgument('a filter has to have a window');
  const window = options.window === 'max' ? (options.max ?? 0) : DEFAULT_WINDOW;
  if (window === 0) throw invalidArgument('the window of a filter must not be 0');
  const { checkpointIntervalMultiplier = 0 } = options;
  if (isSubscription && checkpointIntervalMultiplier === 0)
    throw invalidArgument('the checkpoint interval must not be 0');
  const spec: FilterSpec = {
    on: options.filter === 'streamIdentifier' ? 'stream' : 'type',
    ...(expression.regex && { regex: expression.regex }),
    prefixes: expression.prefix ?? [],
  };
  // A pattern that is none is to be refused now, not by the first page.
  filterFor(spec);
  return { spec, checkpointInterval: window * checkpointIntervalMultiplier };
}
