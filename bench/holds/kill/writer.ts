import { z } from 'zod';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import type { Caller } from './caller.ts';
import { type Asked, complain, type History, type Thing } from './history.ts';
import type { Place } from './places.ts';

export interface WriterOptions {
  readonly name: string;
  readonly seed: string;
  readonly place: Place;
  readonly caller: Caller;
  readonly history: History;
  /** Nothing new is begun once this is false. */
  readonly goesOn: () => boolean;
  /** Between two things. */
  readonly pauseMs: number;
}

const createdSchema = z.object({ data: z.object({ id: z.string() }) });

/** Shares of what is done. */
const keyedShare = 0.75;
const replacedShare = 0.6;
const removedShare = 0.7;

/** Creates things one after another, reads, replaces and removes them, and writes down what it was told. */
export const runWriter = async ({ name, seed, place, caller, history, goesOn, pauseMs }: WriterOptions) => {
  let turn = 0;
  const random = (): number => {
    turn += 1;
    return draw(seed, name, turn);
  };
  const begin = (thing: Thing, method: Asked['method'], path: string, body: object | null): Asked => {
    const key = random() < keyedShare ? `${thing.name}-${thing.asked.length}` : null;
    const asked: Asked = { method, path, body, key, told: 'refused', first: null, last: '' };
    thing.asked.push(asked);
    return asked;
  };
  const pathOf = ({ id }: Thing): string => `${place.path}/${encodeURIComponent(id ?? '')}`;

  const create = async (thing: Thing): Promise<void> => {
    const [amount = ''] = thing.amounts;
    const asked = begin(thing, 'POST', place.path, place.body(thing.name, amount));
    thing.state = 'maybe';
    await caller.send(asked);
    if (asked.first !== null) {
      thing.id = createdSchema.parse(JSON.parse(asked.first.text)).data.id;
      thing.state = 'there';
    } else if (asked.told === 'refused') thing.state = 'never';
  };

  /** What was acknowledged can be read from any gateway. */
  const read = async (thing: Thing): Promise<void> => {
    const reply = await caller.ask(caller.anyUrl(), 'GET', pathOf(thing));
    if (reply !== null && reply.status === 404) complain(history, thing, `acknowledged, then not found: ${reply.text}`);
  };

  const replace = async (thing: Thing): Promise<void> => {
    const next = String(1_000 + Math.floor(random() * 1_000_000));
    const before = thing.amounts;
    thing.amounts = [...before, next];
    const asked = begin(thing, 'PUT', pathOf(thing), place.body(thing.name, next));
    await caller.send(asked);
    if (asked.told === 'done') thing.amounts = [next];
    else if (asked.told === 'refused') {
      thing.amounts = before;
      if (asked.last.startsWith('404')) complain(history, thing, `cannot be replaced: ${asked.last}`);
    }
  };

  const remove = async (thing: Thing): Promise<void> => {
    const asked = begin(thing, 'DELETE', pathOf(thing), null);
    thing.state = 'maybe';
    await caller.send(asked);
    if (asked.told === 'done') thing.state = 'gone';
    else if (asked.last.startsWith('404')) {
      if (asked.told === 'refused') complain(history, thing, `cannot be removed: ${asked.last}`);
      thing.state = 'gone';
    } else if (asked.told === 'refused') thing.state = 'there';
  };

  for (let count = 0; goesOn(); count += 1) {
    const thing: Thing = {
      place,
      name: `${name}-${count}`,
      id: null,
      state: 'never',
      amounts: [String(1_000 + Math.floor(random() * 1_000_000))],
      asked: [],
    };
    history.things.push(thing);
    await create(thing);
    if (thing.state === 'there') await read(thing);
    if (thing.state === 'there' && place.changes && random() < replacedShare && goesOn()) await replace(thing);
    if (thing.state === 'there' && place.changes && random() < removedShare && goesOn()) await remove(thing);
    await caller.pause(pauseMs * (0.5 + random()));
  }
};
