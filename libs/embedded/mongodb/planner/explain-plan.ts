import { Document, int32 } from '../values/index.js';
import type { Shaping } from './find-results.js';
import { intervalText } from './interval.js';
import type { Access, IndexScan, Plan } from './plan.js';
import type { Examined } from './examined.js';

/** What a run of a plan has come to. */
export interface Executed extends Readonly<Examined> {
  readonly returned: number;
  readonly milliseconds: number;
}

/** A plan as explain shows it; with figures when it has been run. */
export interface Stages {
  document(executed?: Executed): Document;
}

type Fields = readonly (readonly [string, Parameters<Document['set']>[1]])[];

/** The stages of a query, the last one done outermost. */
export function queryStages(plan: Plan, shaping: Shaping): Stages {
  return {
    document: (executed) => {
      let stage = accessStage(plan, executed);
      let left = executed?.matched;
      const wrap = (name: string, fields: Fields, passes: (count: number) => number): void => {
        left = left === undefined ? undefined : passes(left);
        stage = stageDocument(name, [...fields, ['inputStage', stage]], left);
      };
      const { sort, skip, limit, projection } = shaping;
      if (sort !== undefined && !plan.sorted)
        wrap('SORT', sortFields(shaping), (count) => Math.min(count, skip + limit));
      if (skip > 0) wrap('SKIP', [['skipAmount', int32(skip)]], (count) => Math.max(0, count - skip));
      if (limit !== Infinity) wrap('LIMIT', [['limitAmount', int32(limit)]], (count) => Math.min(count, limit));
      const simple = projection?.plainNames !== undefined;
      if (projection !== undefined) wrap(simple ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT', [], (count) => count);
      return stage;
    },
  };
}

/** The stages of a count. */
export function countStages(plan: Plan): Stages {
  return {
    document: (executed) => {
      if (plan.decidedByKeys && plan.access.kind === 'index') {
        const keys: Fields = executed === undefined ? [] : [['keysExamined', int32(executed.keys)]];
        const scan = stageDocument('COUNT_SCAN', [...indexFields(plan.access), ...keys], executed?.returned);
        return stageDocument('COUNT', [['inputStage', scan]], executed && 0);
      }
      const everything =
        plan.access.kind === 'collection' && plan.filter.kind === 'and' && plan.filter.children.length === 0;
      if (everything) return stageDocument('RECORD_STORE_FAST_COUNT', [], executed && 0);
      return stageDocument('COUNT', [['inputStage', accessStage(plan, executed)]], executed && 0);
    },
  };
}

function accessStage({ access }: Plan, executed: Executed | undefined): Document {
  if (access.kind === 'id') return stageDocument('IDHACK', examinedFields(executed, 'both'), executed?.matched);
  if (access.kind === 'collection') {
    const direction = access.direction === 1 ? 'forward' : 'backward';
    return stageDocument(
      'COLLSCAN',
      [['direction', direction], ...examinedFields(executed, 'documents')],
      executed?.matched,
    );
  }
  return stageDocument(
    'FETCH',
    [...examinedFields(executed, 'documents'), ['inputStage', keyStages(access, executed)]],
    executed?.matched,
  );
}

/** With the other ranges that were read so as to fetch only what is in all of them. */
function keyStages(access: Extract<Access, { kind: 'index' | 'union' }>, executed: Executed | undefined): Document {
  if (access.kind === 'union' || executed === undefined || executed.intersected.length === 0)
    return keyStage(access, executed);
  const others = executed.intersected.map((bounds) => scanStage({ ...access, bounds, direction: 1, merge: false }));
  return stageDocument('AND_HASH', [['inputStages', [keyStage(access, undefined), ...others]]], executed.documents);
}

function keyStage(access: Extract<Access, { kind: 'index' | 'union' }>, executed: Executed | undefined): Document {
  if (access.kind === 'union') {
    return stageDocument(
      'OR',
      [['inputStages', access.branches.map((branch) => scanStage(branch))]],
      executed?.documents,
    );
  }
  if (!access.merge || access.bounds.ranges.length < 2) {
    const keys: Fields = executed === undefined ? [] : [['keysExamined', int32(executed.keys)]];
    return stageDocument('IXSCAN', [...indexFields(access), ...keys], executed?.documents);
  }
  const branches = access.bounds.ranges.map(() => scanStage(access));
  return stageDocument('SORT_MERGE', [['inputStages', branches]], executed?.documents);
}

/** One of several scans; how much each of them gave is not counted. */
const scanStage = (scan: IndexScan): Document => stageDocument('IXSCAN', indexFields(scan), undefined);

function indexFields({ index, bounds, direction }: IndexScan): Fields {
  const { spec, multikey } = index;
  const fieldDirection = (at: number): 1 | -1 => (spec.key[at]?.direction === direction ? 1 : -1);
  const texts = spec.key.map(({ path }, at) => {
    const intervals = bounds.fields[at] ?? [];
    const ordered = fieldDirection(at) === 1 ? intervals : intervals.toReversed();
    return [path, ordered.map((interval) => intervalText(interval, fieldDirection(at)))] as const;
  });
  const multikeyPaths = spec.key.map(({ path }, at) => [path, multikey & (1 << at) ? [path] : []] as const);
  return [
    ['keyPattern', spec.keyPattern],
    ['indexName', spec.name],
    ['isMultiKey', multikey !== 0],
    ['multiKeyPaths', new Document(multikeyPaths)],
    ['isUnique', spec.unique],
    ['isSparse', spec.sparse],
    ['isPartial', spec.partialFilter !== undefined],
    ['indexVersion', int32(2)],
    ['direction', direction === 1 ? 'forward' : 'backward'],
    ['indexBounds', new Document(texts)],
  ];
}

function examinedFields(executed: Executed | undefined, what: 'documents' | 'both'): Fields {
  if (executed === undefined) return [];
  const documents = ['docsExamined', int32(executed.documents)] as const;
  return what === 'both' ? [['keysExamined', int32(executed.keys)], documents] : [documents];
}

function sortFields({ sort, skip, limit }: Shaping): Fields {
  const pattern = new Document((sort ?? []).map(({ path, direction }) => [path, int32(direction)] as const));
  const fields: Fields = [
    ['sortPattern', pattern],
    ['memLimit', int32(104_857_600)],
    ['type', 'simple'],
  ];
  return limit === Infinity ? fields : [...fields, ['limitAmount', int32(skip + limit)]];
}

function stageDocument(name: string, fields: Fields, returned: number | undefined): Document {
  const stage = new Document([['stage', name]]);
  if (returned !== undefined) stage.set('nReturned', int32(returned));
  for (const [field, value] of fields) stage.set(field, value);
  return stage;
}
