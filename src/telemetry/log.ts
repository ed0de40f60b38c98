import { pino } from 'pino';

/** Fields are named at the call; nothing is logged wholesale, so no secret gets in by accident. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface LogDestination {
  readonly write: (line: string) => void;
}

/** Lines waiting for a slow reader beyond this many bytes are dropped and counted, never kept. */
const pendingBytesMax = 4 * 1024 * 1024;

/** Standard output that survives a full disk and a closed pipe: what cannot be written is counted. */
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
