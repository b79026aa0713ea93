const shape = /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const second = 1_000;
const day = 86_400 * second;
/** A year counts as 365 days, a month as 30. */
const units = [365 * day, 30 * day, 7 * day, day, 3_600 * second, 60 * second, second] as const;
const longest = 100 * 365 * day;

/** The milliseconds of an ISO 8601 duration such as `P90D`; `undefined` when it is none, nothing, or over 100 years. */
export function retentionOf(duration: string): number | undefined {
  const parts = shape.exec(duration);
  if (!parts) return undefined;
  const milliseconds = units.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
  return milliseconds > 0 && milliseconds <= longest ? milliseconds : undefined;
}
