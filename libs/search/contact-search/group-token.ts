/** No word begins with it. */
export const groupToken = (membership: string): string => `@${membership}`;
