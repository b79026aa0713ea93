import type { AttributesEvent } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import type { OutcomeEvent, Recorded, ToDo } from '#event-sourcing';

export const whenRetentionIsOverThenClear = 'when-retention-is-over-then-clear';

/** Between two looks at an attribute. Milliseconds. */
const pause = 3_600_000;

export type RetentionEvent =
  | Extract<AttributesEvent, { type: 'AttributeRetentionChosen' | 'AttributeRetentionLifted' }>
  | Extract<OutcomeEvent, { type: 'WorkflowToDoSettled' }>;

/** What is kept for how long, and when it is looked at next; `null`: for any time. */
export type RetentionState = {
  readonly alias: string;
  readonly medium?: Medium;
  readonly retention: string;
  readonly look: string;
} | null;

export const initial: RetentionState = null;

/** An instance for each attribute. */
export function keyOf({ type, data }: Recorded<RetentionEvent>): string | undefined {
  if (type === 'WorkflowToDoSettled') return data.workflow === whenRetentionIsOverThenClear ? data.key : undefined;
  return data.medium === undefined ? data.alias : `${data.medium}.${data.alias}`;
}

/** Each look that is over sets the time of the next. */
export function evolve(state: RetentionState, event: Recorded<RetentionEvent>): RetentionState {
  const { at } = event.metadata;
  switch (event.type) {
    case 'AttributeRetentionChosen':
      return { ...event.data, look: at };
    case 'AttributeRetentionLifted':
      return null;
    case 'WorkflowToDoSettled':
      return state && { ...state, look: new Date(Date.parse(at) + pause).toISOString() };
  }
}

export interface Look extends ToDo {
  readonly name: 'look';
  readonly attribute: { readonly alias: string; readonly medium?: Medium };
  readonly retention: string;
  readonly due: string;
}

export function react(state: RetentionState): readonly Look[] {
  if (!state) return [];
  const { look, retention, ...attribute } = state;
  return [{ id: `look ${look}`, name: 'look', attribute, retention, due: look }];
}
