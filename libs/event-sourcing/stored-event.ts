/** An event as the store keeps it: JSON values whose shape nobody has checked. */
export interface StoredEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly created: string;
}

/** How an error names the event. */
export const placeInStore = ({ stream, revision, type }: StoredEvent): string => `${stream}@${revision} (${type})`;
