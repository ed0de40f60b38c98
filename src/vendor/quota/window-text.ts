/** A window's length as an ISO 8601 duration, in the largest unit that is exact: PT24H, PT10M, PT1.5S. */
export const windowText = (windowMs: number): string => {
  if (windowMs % 3_600_000 === 0) return `PT${windowMs / 3_600_000}H`;
  if (windowMs % 60_000 === 0) return `PT${windowMs / 60_000}M`;
  return `PT${windowMs / 1000}S`;
};
