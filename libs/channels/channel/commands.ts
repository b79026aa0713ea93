import type { Command } from '#event-sourcing';
import type { ChannelSecretName } from './events.js';
import type { Medium } from './media.js';

/** Sealed secrets that the command gives or replaces. */
export type SealedSecrets = readonly { readonly secret: ChannelSecretName; readonly sealed: string }[];

export type ConnectChannel = Command<
  'ConnectChannel',
  {
    readonly channelId: string;
    readonly medium: Medium;
    readonly name: string;
    readonly idScope: string;
    readonly region?: string;
    readonly secrets: SealedSecrets;
  }
>;
/** What is `undefined` stays as it is. */
export type ChangeChannel = Command<
  'ChangeChannel',
  {
    readonly channelId: string;
    readonly name: string | undefined;
    readonly enabled: boolean | undefined;
    readonly idScope: string | undefined;
    /** `null`: never. */
    readonly closeAfter?: string | null;
    /** `null`: none. */
    readonly region?: string | null;
    readonly secrets: SealedSecrets;
  }
>;

export type ChannelCommand = ConnectChannel | ChangeChannel;
