import { pino } from 'pino';

/** Log single fields, never whole objects such as a request, so that no secret is logged by accident. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface LogDestination {
  readonly write: (line: string) => void;
}

/** Lines are dropped and counted while more than this is waiting for a slow reader. */
const pendingBytesMax = 4 * 1024 * 1024;

/** Tolerates a full disk and a closed pipe: lines that cannot be written are dropped and counted. */
export const createOutputDestination = (
  stream: NodeJS.WriteStream,
  onDrop: (lines: number) => void,
): LogDestination => {
  let broken = false;
  stream.on('error', () => {
    broken = true;
  });
  return {
    write: (line) => {
      if (broken || stream.writableLength > pendingBytesMax) {
        onDrop(1);
        return;
      }
      stream.write(line);
    },
  };
};

export const createLog = (level: string, destination: LogDestination): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
