import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Consumer, consumerView } from '../../domain/consumer.ts';
import { Failure, invalid } from '../../domain/failure/failure.ts';

/** Where a page begins. */
export interface Position {
  /** Of the snapshot. */
  readonly id: string;
  readonly offset: number;
}

/** For which operation and consumer a cursor is made. */
export interface CursorOwner {
  readonly operation: string;
  readonly consumer: Consumer;
}

export interface Cursors {
  write(position: Position, owner: CursorOwner): string;
  /** Throws a 400 for a cursor that was forged, altered or made for another owner. */
  read(cursor: string, owner: CursorOwner): Position;
}

const cursorSchema = z.tuple([z.string(), z.string(), z.int().min(1), z.string(), z.string()]);

export const invalidCursor = () =>
  invalid(
    'query.cursor',
    'is not a cursor of this request; send nextCursor unchanged, alone or with the same parameters, or leave it out',
  );

export const expiredCursor = (why: string) =>
  new Failure('cursor-expired', { public: `${why} Ask again without a cursor.` });

const viewOf = (consumer: Consumer): string =>
  createHash('sha256').update(consumerView(consumer)).digest('base64url').slice(0, 22);

/** Signed. One whose consumer may see more or less by now than when it was made is a 410. */
export const createCursors = (secret: Uint8Array): Cursors => {
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest().subarray(0, 16);
  return {
    write: ({ id, offset }, { operation, consumer }) => {
      const text = JSON.stringify([operation, id, offset, consumer.name, viewOf(consumer)]);
      return `${Buffer.from(text).toString('base64url')}.${sign(text).toString('base64url')}`;
    },
    read: (cursor, owner) => {
      const [body = '', signature = '', ...more] = cursor.split('.');
      const text = Buffer.from(body, 'base64url').toString('utf8');
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(text);
      if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
        throw invalidCursor();
      const parsed = cursorSchema.safeParse(JSON.parse(text));
      if (!parsed.success) throw invalidCursor();
      const [operation, id, offset, consumer, view] = parsed.data;
      if (operation !== owner.operation || consumer !== owner.consumer.name) throw invalidCursor();
      if (view !== viewOf(owner.consumer)) {
        throw expiredCursor('The consumer of this cursor has other permissions by now.');
      }
      return { id, offset };
    },
  };
};
