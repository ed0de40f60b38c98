import { AsyncLocalStorage } from 'node:async_hooks';
import { type Day, daysIn } from '../../src/domain/day.ts';
import type { Connector, CostQuestion } from '../../src/vendor/contract/contract.ts';
import type { VendorRequest } from '../../src/vendor/contract/request.ts';
import { payloadOf, targetOf } from '../../src/vendor/upstream/transport/target.ts';
import { wireText } from './breaking-line.ts';

/** What the fills of a connection have asked and handed over, over all its restarts. */
export interface FillWatch {
  /** Requests that fills have announced, by how they are sent; without those for facts about the connection. */
  readonly announced: ReadonlySet<string>;
  /** How often each that is paid for was answered: it is charged to a quota whose end is a refusal. */
  readonly paid: ReadonlyMap<string, number>;
  /** Fills that were begun. */
  fills(): number;
  /** How often one handed days over or saved where it was. */
  advances(): number;
  /** Days that were asked for after they had been handed over. */
  readonly askedAgain: readonly string[];
  watch(connector: Connector): Connector;
}

export const createFillWatch = (): FillWatch => {
  const announced = new Set<string>();
  const paid = new Map<string, number>();
  const askedAgain: string[] = [];
  const loading = new AsyncLocalStorage<true>();
  const kept = new Map<string, Set<Day>>();
  let fills = 0;
  let advances = 0;

  const keptFor = ({ cube, dimensions, costType }: CostQuestion): Set<Day> => {
    const key = JSON.stringify([cube, dimensions, costType]);
    const days = kept.get(key) ?? new Set();
    kept.set(key, days);
    return days;
  };

  return {
    announced,
    paid,
    fills: () => fills,
    advances: () => advances,
    askedAgain,
    watch: (connector) => {
      const { costs } = connector.capabilities;
      const isPaid = ({ quota }: VendorRequest) =>
        connector.limits.quotas.some((each) => each.name === quota && each.whenSpent !== 'wait');
      const textOf = (request: VendorRequest): string =>
        wireText(request.method, targetOf(request, connector.origins).path, String(payloadOf(request).body ?? ''));
      const fill: typeof costs.fill = (session, question) => {
        fills += 1;
        const known = keptFor(question);
        askedAgain.push(...daysIn(question.start, question.end).filter((day) => known.has(day)));
        return costs.fill(
          {
            ...session,
            call: async (request) => {
              const text = textOf(request);
              if (loading.getStore() === undefined) announced.add(text);
              const reply = await session.call(request);
              if (isPaid(request)) paid.set(text, (paid.get(text) ?? 0) + 1);
              return reply;
            },
            fact: (name, maxAgeMs, schema, load) => session.fact(name, maxAgeMs, schema, () => loading.run(true, load)),
            keep: async (part) => {
              await session.keep(part);
              advances += 1;
              for (const day of daysIn(part.start, part.end)) known.add(day);
            },
            resume: {
              ...session.resume,
              save: async (part, maxAgeMs) => {
                await session.resume.save(part, maxAgeMs);
                advances += 1;
              },
            },
          },
          question,
        );
      };
      return { ...connector, capabilities: { ...connector.capabilities, costs: { ...costs, fill } } };
    },
  };
};
