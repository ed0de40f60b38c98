import { type HttpLine, openLine } from './http-line.ts';

/** One kind of request in a load. */
export interface LoadKind {
  readonly name: string;
  /** Of all requests, the part that are of this kind. */
  readonly share: number;
  readonly method: 'GET' | 'PUT';
  /** `#` stands for a number that differs with each request. */
  readonly path: string;
  readonly body?: string;
}

export interface Load {
  readonly port: number;
  /** Credentials, of which each request takes the next. */
  readonly keys: readonly string[];
  readonly kinds: readonly LoadKind[];
  readonly requestsPerSecond: number;
  readonly seconds: number;
  readonly socketsMax: number;
  /** From the moment of sending; sent as `X-Deadline-Ms`. */
  readonly deadlineMs: number;
  readonly seed: number;
}

/** What became of one request. Status 0: refused or reset connections; -1: no connection was free until the end. */
export interface Outcome {
  readonly kind: number;
  readonly key: number;
  readonly status: number;
  /** Until the answer was whole, from when the request was due and from when it was sent. */
  readonly sinceDueMs: number;
  readonly sinceSentMs: number;
  /** When it ended, after the start of the load. */
  readonly endedMs: number;
}

interface Due {
  readonly kind: number;
  readonly key: number;
  readonly dueAt: number;
  readonly text: string;
}

const tickMs = 1;
/** After the load, for answers under way. */
const lingerMs = 3_000;

/** A small generator of pseudo-random numbers in [0, 1), so that a load can be repeated. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const textOf = (load: Load, kind: LoadKind, key: number, count: number): string => {
  const body = kind.body ?? '';
  const about = kind.body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${body.length}\r\n`;
  return `${kind.method} ${kind.path.replaceAll('#', String(count))} HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${load.keys[key]}\r\nx-deadline-ms: ${load.deadlineMs}\r\n${about}\r\n${body}`;
};

/**
 * Sends requests when they are due, whether or not earlier ones are answered, and counts time from when they were due.
 * With no free connection and no room for more they wait in the generator, and that wait counts.
 */
export const runOpenLoop = (load: Load): Promise<Outcome[]> => {
  const random = randomFrom(load.seed);
  const outcomes: Outcome[] = [];
  const idle: HttpLine[] = [];
  const busy = new Map<HttpLine, { readonly due: Due; readonly sentAt: number }>();
  const open = new Set<HttpLine>();
  let waiting: Due[] = [];
  let waitingFrom = 0;
  let made = 0;
  const begun = performance.now();
  const endAt = begun + load.seconds * 1000;
  let ended = false;

  const kindAt = (point: number): number => {
    let sum = 0;
    for (const [index, { share }] of load.kinds.entries()) {
      sum += share;
      if (point < sum) return index;
    }
    return 0;
  };
  const makeDue = (dueAt: number): Due => {
    const index = kindAt(random());
    const kind = load.kinds[index];
    if (kind === undefined) throw new TypeError('a load has kinds');
    const key = made % load.keys.length;
    made += 1;
    return { kind: index, key, dueAt, text: textOf(load, kind, key, made + load.seed * 1_000_000) };
  };

  const note = ({ kind, key, dueAt }: Due, status: number, sentAt: number): void => {
    const now = performance.now();
    outcomes.push({ kind, key, status, sinceDueMs: now - dueAt, sinceSentMs: now - sentAt, endedMs: now - begun });
  };
  const sendOn = (line: HttpLine, due: Due): void => {
    busy.set(line, { due, sentAt: performance.now() });
    line.send(due.text);
  };
  const takeWaiting = (): Due | null => {
    const due = waiting[waitingFrom];
    if (due === undefined) return null;
    waitingFrom += 1;
    if (waitingFrom > 10_000) {
      waiting = waiting.slice(waitingFrom);
      waitingFrom = 0;
    }
    return due;
  };
  const events = {
    answered: (line: HttpLine, status: number) => {
      const request = busy.get(line);
      busy.delete(line);
      if (request !== undefined) note(request.due, status, request.sentAt);
      const next = ended ? null : takeWaiting();
      if (next === null) idle.push(line);
      else sendOn(line, next);
    },
    gone: (line: HttpLine) => {
      open.delete(line);
      const place = idle.indexOf(line);
      if (place !== -1) idle.splice(place, 1);
      const request = busy.get(line);
      busy.delete(line);
      if (request !== undefined && !ended) note(request.due, 0, request.sentAt);
    },
  };
  const send = (due: Due): void => {
    const line = idle.pop();
    if (line !== undefined) sendOn(line, due);
    else if (open.size < load.socketsMax) {
      const opened = openLine(load.port, events);
      open.add(opened);
      sendOn(opened, due);
    } else waiting.push(due);
  };

  return new Promise((resolve) => {
    let nextDue = begun;
    const gapMs = 1000 / load.requestsPerSecond;
    const finish = (): void => {
      ended = true;
      clearInterval(timer);
      for (const { due, sentAt } of busy.values()) note(due, -1, sentAt);
      for (const due of waiting.slice(waitingFrom)) note(due, -1, performance.now());
      for (const line of open) line.socket.destroy();
      resolve(outcomes);
    };
    const tick = (): void => {
      const now = performance.now();
      while (nextDue <= now && nextDue < endAt) {
        send(makeDue(nextDue));
        // Arrivals at random, as from many independent callers.
        nextDue += -Math.log(1 - random()) * gapMs;
      }
      if (now > endAt && (busy.size === 0 || now > endAt + lingerMs)) finish();
    };
    const timer = setInterval(tick, tickMs);
  });
};

/** As many requests at once as stated, each sent when the one before on its connection is answered. */
export const runClosedLoop = (load: Load, connections: number): Promise<Outcome[]> =>
  new Promise((resolve) => {
    const random = randomFrom(load.seed);
    const outcomes: Outcome[] = [];
    const begun = performance.now();
    const busy = new Map<HttpLine, { kind: number; key: number; sentAt: number }>();
    let made = 0;
    let open = connections;
    const next = (line: HttpLine): void => {
      const point = random();
      let sum = 0;
      let index = load.kinds.findIndex(({ share }) => {
        sum += share;
        return point < sum;
      });
      if (index === -1) index = 0;
      const kind = load.kinds[index];
      if (kind === undefined) throw new TypeError('a load has kinds');
      const key = made % load.keys.length;
      made += 1;
      busy.set(line, { kind: index, key, sentAt: performance.now() });
      line.send(textOf(load, kind, key, made + load.seed * 1_000_000));
    };
    const events = {
      answered: (line: HttpLine, status: number) => {
        const now = performance.now();
        const request = busy.get(line);
        if (request !== undefined) {
          const took = now - request.sentAt;
          const { kind, key } = request;
          outcomes.push({ kind, key, status, sinceDueMs: took, sinceSentMs: took, endedMs: now - begun });
        }
        if (now < begun + load.seconds * 1000) next(line);
        else line.socket.destroy();
      },
      gone: () => {
        open -= 1;
        if (open === 0) resolve(outcomes);
      },
    };
    for (let count = 0; count < connections; count += 1) next(openLine(load.port, events));
  });
