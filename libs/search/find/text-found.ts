import type { Viewer } from '#access/user';
import type { ReadModels } from '#event-sourcing';
import type { SearchWords } from '../words/index.js';
import { find } from './find.js';
import type { SearchConfiguration } from './find.js';

/** What a text finds: contacts, and conversations by what was written in them. */
export interface TextFound {
  readonly contactIds: ReadonlySet<string>;
  readonly conversationIds: ReadonlySet<string>;
}

/** A text that finds more contacts, or more messages, says too little: the newest ones count. */
const mostFound = 1_000;

/** What a list of conversations is narrowed down to by a text (ASG-10), as far as the viewer has access (ASG-6). */
export async function textFound(
  models: ReadModels,
  configuration: SearchConfiguration,
  viewer: Viewer,
  words: SearchWords,
): Promise<TextFound> {
  const [contacts, messages] = await Promise.all(
    (['contacts', 'conversations'] as const).map((searched) =>
      find(models, configuration, viewer, { words, in: new Set([searched]), limit: mostFound }),
    ),
  );
  const written = (messages?.items ?? []).flatMap((one) => ('conversationId' in one ? [one.conversationId] : []));
  return {
    contactIds: new Set((contacts?.items ?? []).map(({ contactId }) => contactId)),
    conversationIds: new Set(written),
  };
}
