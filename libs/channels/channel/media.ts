/** The media of the product's language; a channel is one account on one of them. */
export const media = [
  'whatsapp',
  'messenger',
  'instagram',
  'x',
  'viber',
  'telegram',
  'sms',
  'email',
  'webchat',
  'custom',
] as const;

export type Medium = (typeof media)[number];

/** Media on which a user id means the same person on every account of the platform. */
const platformWide: ReadonlySet<Medium> = new Set<Medium>(['whatsapp', 'x', 'telegram', 'sms', 'email']);

/**
 * Where the user ids of a channel are unique when its admin names no scope: the whole platform, or that channel alone.
 * A wider scope than true would make two people one contact, a narrower one would make one person two.
 */
export function defaultIdScope(medium: Medium, channelId: string): string {
  return platformWide.has(medium) ? 'platform' : channelId;
}
