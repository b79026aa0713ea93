import type { ClientReadableStream } from '@grpc/grpc-js';
import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  ResolvedEvent,
  StreamSubscription,
} from '@eventstore/db-client';
import type { ReadResponse } from '../../protocol/messages/read.js';

/** Keeps what a subscription of the client tells, of one stream or of all. */
export interface Subscriber {
  /** 'confirmation', 'caught-up', and ids of events. */
  readonly log: (string | undefined)[];
  readonly events: (ResolvedEvent | AllStreamResolvedEvent)[];
  /** Resolves when the entry is in the log; rejects when the subscription fails before. */
  until(entry: string | undefined): Promise<void>;
  stop(): Promise<void>;
}

export function follow(subscription: StreamSubscription | AllStreamSubscription, onlyStream?: string): Subscriber {
  const log: (string | undefined)[] = [];
  const events: (ResolvedEvent | AllStreamResolvedEvent)[] = [];
  let failure: Error | undefined;
  let check = (): void => undefined;
  const note = (entry: string | undefined) => {
    log.push(entry);
    check();
  };
  subscription.on('confirmation', () => {
    note('confirmation');
  });
  subscription.on('caughtUp', () => {
    note('caught-up');
  });
  subscription.on('error', (error: Error) => {
    failure = error;
    check();
  });
  subscription.on('data', (resolved: ResolvedEvent | AllStreamResolvedEvent) => {
    if (onlyStream !== undefined && resolved.event?.streamId !== onlyStream) return;
    events.push(resolved);
    note(resolved.event?.id);
  });
  return {
    log,
    events,
    until: (entry) =>
      new Promise((resolve, reject) => {
        check = () => {
          if (log.includes(entry)) resolve();
          else if (failure) reject(failure);
        };
        check();
      }),
    stop: () => subscription.unsubscribe(),
  };
}

/** What a raw read tells, as words, until `isEnough` of what has come; then it is cancelled. */
export function contentOf(
  call: ClientReadableStream<ReadResponse>,
  isEnough: (messages: string[]) => boolean,
): Promise<string[]> {
  const messages: string[] = [];
  return new Promise((resolve, reject) => {
    call.on('error', reject);
    call.on('data', (response: ReadResponse) => {
      messages.push(describe(response));
      if (!isEnough(messages)) return;
      call.off('error', reject);
      call.on('error', () => undefined);
      call.cancel();
      resolve(messages);
    });
  });
}

function describe({ confirmation, caughtUp, checkpoint, event }: ReadResponse): string {
  if (confirmation) return 'confirmation';
  if (caughtUp) return 'caught-up';
  if (checkpoint) return `checkpoint ${checkpoint.commitPosition}`;
  return `event ${event?.commitPosition}`;
}
