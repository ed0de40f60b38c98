import { connect, type Socket } from 'node:net';

/** One keep-alive connection that has at most one request under way. It reads as little of an answer as it can. */
export interface HttpLine {
  readonly socket: Socket;
  send(text: string): void;
}

export interface LineEvents {
  /** The answer to the request under way is whole. */
  answered(line: HttpLine, status: number): void;
  /** The connection is gone: refused, reset, or closed. */
  gone(line: HttpLine): void;
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

/** How many bytes belong to the body; null for one in chunks. */
const lengthIn = (head: string, status: number): number | null => {
  if (status === 204 || status === 304) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return length === undefined ? null : Number(length);
};

export const openLine = (port: number, events: LineEvents): HttpLine => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const line: HttpLine = { socket, send: (text) => socket.write(text) };
  let status = 0;
  let start: Buffer = Buffer.alloc(0);
  /** Bytes of the body still to come; null while they come in chunks. */
  let left: number | null = 0;
  let inBody = false;

  const finish = (): void => {
    inBody = false;
    events.answered(line, status);
  };
  const readBody = (bytes: Buffer): void => {
    if (left === null) {
      start = Buffer.concat([start, bytes]).subarray(-lastChunk.length);
      if (start.equals(lastChunk)) {
        start = Buffer.alloc(0);
        finish();
      }
      return;
    }
    left -= bytes.length;
    if (left <= 0) finish();
  };
  socket.on('data', (bytes: Buffer) => {
    if (inBody) {
      readBody(bytes);
      return;
    }
    start = start.length === 0 ? bytes : Buffer.concat([start, bytes]);
    const end = start.indexOf(headEnd);
    if (end === -1) return;
    const head = start.subarray(0, end).toString('latin1');
    const rest = start.subarray(end + headEnd.length);
    start = Buffer.alloc(0);
    status = Number(head.slice(9, 12));
    left = lengthIn(head, status);
    inBody = true;
    readBody(rest);
  });
  socket.on('error', () => {});
  socket.once('close', () => events.gone(line));
  return line;
};
