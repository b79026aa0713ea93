import type { Command } from '#event-sourcing';

export type CreateTopic = Command<
  'CreateTopic',
  { readonly topicId: string; readonly name: string; readonly colour: string }
>;
/** What is `undefined` stays as it is. */
export type ChangeTopic = Command<
  'ChangeTopic',
  {
    readonly topicId: string;
    readonly name: string | undefined;
    readonly colour: string | undefined;
    readonly archived: boolean | undefined;
  }
>;

export type TopicsCommand = CreateTopic | ChangeTopic;
