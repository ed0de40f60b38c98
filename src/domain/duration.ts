const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const factors: Readonly<Record<string, number>> = {
  ...{ ms: 1, millisecond: 1, milliseconds: 1 },
  ...{ s: secondMs, second: secondMs, seconds: secondMs },
  ...{ m: minuteMs, min: minuteMs, minute: minuteMs, minutes: minuteMs },
  ...{ h: hourMs, hour: hourMs, hours: hourMs },
  ...{ d: dayMs, day: dayMs, days: dayMs },
};

/** Milliseconds of a duration such as `15s`, `250ms`, `24h` or `1 minute`; null for other texts. */
export const readDuration = (text: string): number | null => {
  const match = /^(0|[1-9]\d{0,11}) ?([a-z]+)$/.exec(text);
  const factor = factors[match?.[2] ?? ''];
  return match === null || factor === undefined ? null : Number(match[1]) * factor;
};
