import { defineEvent, field } from '../catalogue.js';
import type { Upcaster } from '../catalogue.js';
import type { DomainEvent, Position } from '../event.js';

/** What is recorded of a workflow itself. */
export const workflowStream = (name: string): string => `workflow-${name}`;
/** Attempts and outcomes of one instance; what is to be done is never here, it is folded from domain events. */
export const instanceStream = (name: string, key: string): string => `workflow-${name}-${key}`;

/** The workflow runs here for the first time: its starting position is this event's own. */
export type WorkflowEnabled = DomainEvent<'WorkflowEnabled', { readonly workflow: string }>;

interface OfToDo {
  readonly workflow: string;
  readonly key: string;
  /**
   * Id of the event that the instance began with: the same key can come again after a rest. Not its position, which is
   * another one in a copy of the log; version 1 had that, and it stands here in its place.
   */
  readonly beganWith: string;
  readonly todo: string;
}

/** Doing it failed with this fault (a code, never a message); it is tried again, not before `retryAt`. */
export type WorkflowAttemptFailed = DomainEvent<
  'WorkflowAttemptFailed',
  OfToDo & { readonly attempt: number; readonly reason: string; readonly retryAt: string }
>;
/** Nothing more is done for this instance until somebody releases it; others are not concerned. */
export type WorkflowQuarantined = DomainEvent<
  'WorkflowQuarantined',
  OfToDo & { readonly attempts: number; readonly reason: string }
>;
/** Somebody had a look: the instance goes on, with all its attempts before it. */
export type WorkflowReleased = DomainEvent<'WorkflowReleased', { readonly workflow: string; readonly key: string }>;
/** It was done, or there was nothing to do any more, and no other event tells so. */
export type WorkflowToDoSettled = DomainEvent<'WorkflowToDoSettled', OfToDo>;
/** Written by earlier builds as a checkpoint; says nothing any more. */
export type WorkflowAdvanced = DomainEvent<'WorkflowAdvanced', { readonly position: Position }>;

export type OutcomeEvent = WorkflowAttemptFailed | WorkflowQuarantined | WorkflowReleased | WorkflowToDoSettled;

const instance = { workflow: field('code'), key: field('id') };
const ofToDo = { ...instance, beganWith: field('id'), todo: field('id') };

/** From version 1 to version 2. */
const withBeginning =
  (type: OutcomeEvent['type']): Upcaster =>
  ({ began, ...data }) => [{ type, version: 2, data: { ...data, beganWith: String(began) } }];

export const workflowEvents = {
  categories: ['workflow'],
  definitions: [
    defineEvent<WorkflowEnabled>({
      type: 'WorkflowEnabled',
      version: 1,
      sentence: 'The workflow runs here for the first time; its starting position is this event’s own.',
      fields: { workflow: field('code') },
    }),
    defineEvent<WorkflowAttemptFailed>({
      type: 'WorkflowAttemptFailed',
      version: 2,
      sentence: 'Doing a to-do failed with this fault; it is tried again, not before the time that is named.',
      fields: { ...ofToDo, attempt: field('number'), reason: field('code'), retryAt: field('instant') },
      upcasters: { 1: withBeginning('WorkflowAttemptFailed') },
    }),
    defineEvent<WorkflowQuarantined>({
      type: 'WorkflowQuarantined',
      version: 2,
      sentence: 'Nothing more is done for this instance of the workflow until somebody releases it.',
      fields: { ...ofToDo, attempts: field('number'), reason: field('code') },
      upcasters: { 1: withBeginning('WorkflowQuarantined') },
    }),
    defineEvent<WorkflowReleased>({
      type: 'WorkflowReleased',
      version: 1,
      sentence: 'Somebody had a look at the quarantined instance; it goes on.',
      fields: instance,
    }),
    defineEvent<WorkflowToDoSettled>({
      type: 'WorkflowToDoSettled',
      version: 2,
      sentence: 'A to-do was done, or there was nothing to do any more, and no other event tells so.',
      fields: ofToDo,
      upcasters: { 1: withBeginning('WorkflowToDoSettled') },
    }),
    defineEvent<WorkflowAdvanced>({
      type: 'WorkflowAdvanced',
      version: 1,
      sentence: 'Written by earlier builds as a checkpoint of the workflow; nothing reads it any more.',
      fields: { position: field('number') },
    }),
  ],
} as const;
