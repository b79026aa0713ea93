const millisecondsOfDay = 86_400_000;

/** The day so many days later (earlier when negative), both `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const start = Date.parse(`${day}T00:00:00.000Z`);
  return new Date(start + days * millisecondsOfDay).toISOString().slice(0, 10);
}

/** The UTC day of an instant. */
export function dayOfInstant(instant: string): string {
  return instant.slice(0, 10);
}
