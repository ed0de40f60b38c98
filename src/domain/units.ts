const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Reads a number and its unit, such as `15s`; null for other texts. The pattern captures both. */
export const byUnit =
  (pattern: RegExp, factors: Readonly<Record<string, number>>) =>
  (text: string): number | null => {
    const match = pattern.exec(text);
    const factor = factors[match?.[2] ?? ''];
    return match === null || factor === undefined ? null : Number(match[1]) * factor;
  };

/** Milliseconds of a duration such as `15s`, `250ms`, `24h` or `1 minute`; null for other texts. */
export const readDuration = byUnit(/^(0|[1-9]\d{0,11}) ?([a-z]+)$/, {
  ...{ ms: 1, millisecond: 1, milliseconds: 1 },
  ...{ s: secondMs, second: secondMs, seconds: secondMs },
  ...{ m: minuteMs, min: minuteMs, minute: minuteMs, minutes: minuteMs },
  ...{ h: hourMs, hour: hourMs, hours: hourMs },
  ...{ d: dayMs, day: dayMs, days: dayMs },
});
