import { type Day, monthOf, monthStart } from '../../src/domain/day.ts';
import {
  add,
  compare,
  type Decimal,
  decimal,
  decimalText,
  isZero,
  multiply,
  subtract,
  sum,
  zero,
} from '../../src/domain/decimal.ts';
import type { Dimension } from '../../src/domain/dimension.ts';
import { money } from '../../src/domain/money.ts';
import type { Account } from '../../src/domain/nouns.ts';
import { longItem, type Turns } from '../../src/domain/turns.ts';
import { decode, decodeInTurns, type ReadingFault, type SourceCost } from '../../src/vendor/kit/index.ts';
import { cloudOfSku } from './clouds.ts';
import { type EcuPrices, priceOn } from './prices.ts';
import { ecuSchema, instanceSchema, instancesSchema, type LineItemWire, lineItemSchema, positioned } from './wire.ts';

export interface InstanceCosts {
  readonly id: string;
  readonly name: string | null;
  readonly type: string | null;
  /** Null where it could not be read. */
  readonly total: Decimal | null;
  readonly lineItems: readonly LineItemWire[];
}

export interface InstancesReading {
  readonly instances: readonly InstanceCosts[];
  /** The overall total where no instance is listed beside it: the finest figure that there is. */
  readonly unlisted: Decimal | null;
  /** Whether the vendor's overall total is another than what its instances add up to. */
  readonly totalDiffers: boolean;
  readonly faults: readonly ReadingFault[];
}

const blankToNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined || text.trim() === '' ? null : text;

const itemsTotal = (lineItems: readonly LineItemWire[]): Decimal => sum(lineItems.map((item) => item.total_ecu));
export const totalOf = (instance: InstanceCosts): Decimal => instance.total ?? itemsTotal(instance.lineItems);

/** Totals have been seen rounded to four decimals. */
const roundingMax = decimal('0.0001');

/** Reads one answer of `/costs/instances`. Paths of faults begin with `where`. */
export const readInstances = async (json: unknown, where: string, turns: Turns): Promise<InstancesReading> => {
  const envelope = decode(instancesSchema, json, 'the costs of all instances');
  const listed = await decodeInTurns(instanceSchema, positioned(envelope.instances ?? []), `${where}instances`, turns);
  const faults = [...listed.faults];
  const known = new Map<string, unknown>();
  const instances: InstanceCosts[] = [];

  const readEcu = (value: unknown, path: string): Decimal | null => {
    const total = ecuSchema.safeParse(value);
    if (total.success) return total.data;
    faults.push({ path, message: total.error.issues[0]?.message ?? 'is no finite decimal' });
    return null;
  };
  const readLineItems = async (value: unknown, path: string): Promise<LineItemWire[]> => {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      faults.push({ path, message: 'is no list' });
      return [];
    }
    const lineItems = await decodeInTurns(lineItemSchema, value, path, turns);
    for (const fault of lineItems.faults) faults.push(fault);
    return lineItems.items;
  };

  for (const { position, ...wire } of listed.items) {
    const path = `${where}instances[${position}]`;
    const before = known.get(wire.id);
    if (before !== undefined) {
      if (JSON.stringify(before) === JSON.stringify(wire)) continue;
      faults.push({ path, message: 'is listed twice with different content; the first was taken' });
      continue;
    }
    known.set(wire.id, wire);
    instances.push({
      id: wire.id,
      name: blankToNull(wire.name),
      type: blankToNull(wire.type),
      total: readEcu(wire.total_ecu, `${path}.total_ecu`),
      lineItems: await readLineItems(wire.product_line_items, `${path}.product_line_items`),
    });
  }
  const overall = envelope.total_ecu ?? null;
  const stated = overall === null ? null : readEcu(overall, `${where}total_ecu`);
  let read = zero;
  for (const instance of instances) {
    read = add(read, totalOf(instance));
    if (turns.due(longItem)) await turns.next();
  }
  const differs = stated !== null && compare(stated, read) !== 0;
  const listsNone = (envelope.instances ?? []).length === 0;
  if (stated !== null && !listsNone && faults.length === 0) {
    const lacking = subtract(stated, read);
    const rounding = multiply(roundingMax, decimal(String(instances.length + 1)));
    if (compare(lacking, rounding) > 0)
      faults.push({ path: `${where}instances`, message: `lack ${decimalText(lacking)} ECU of the vendor's own total` });
  }
  return { instances, unlisted: differs && listsNone ? stated : null, totalDiffers: differs && !listsNone, faults };
};

type Cells = Readonly<Partial<Record<Dimension, string | null>>>;

/** What was used, where both its amount and its unit can be read. */
const quantityOf = ({ quantity, unit }: LineItemWire): SourceCost['quantity'] =>
  quantity === null || quantity === undefined || blankToNull(unit) === null || unit === null || unit === undefined
    ? undefined
    : { amount: decimalText(quantity.value), unit };

/**
 * The rows of one day or month. What an instance cost beyond its line items, or short of them, is a row of its own,
 * so that rows always add up to the instance's total; a total without instances is a row without account. By account
 * alone there is one row for each instance.
 */
export const costRows = async (
  { instances, unlisted }: Pick<InstancesReading, 'instances' | 'unlisted'>,
  day: Day,
  dimensions: readonly Dimension[],
  prices: EcuPrices,
  turns: Turns,
): Promise<{ readonly rows: SourceCost[]; readonly unitemised: string[] }> => {
  const price = priceOn(prices, day);
  const rows: SourceCost[] = [];
  const unitemised: string[] = [];
  const push = (cells: Cells, ecu: Decimal, quantity?: SourceCost['quantity']): void => {
    rows.push({
      day,
      values: dimensions.map((dimension) => cells[dimension] ?? null),
      amount: decimalText(multiply(ecu, price)),
      currency: prices.currency,
      ...(quantity === undefined ? {} : { quantity }),
    });
  };
  if (unlisted !== null) push({}, unlisted);
  if (dimensions.every((dimension) => dimension === 'account')) {
    for (const instance of instances) {
      push({ account: instance.id }, totalOf(instance));
      if (turns.due(longItem)) await turns.next();
    }
    return { rows, unitemised };
  }
  for (const instance of instances) {
    for (const item of instance.lineItems) {
      const cells = {
        account: instance.id,
        service: blankToNull(item.kind) ?? instance.type,
        category: blankToNull(item.type),
        resource: blankToNull(item.sku),
        cloud: cloudOfSku(item.sku),
      };
      push(cells, item.total_ecu, quantityOf(item));
      if (turns.due()) await turns.next();
    }
    const rest = subtract(totalOf(instance), itemsTotal(instance.lineItems));
    if (isZero(rest)) continue;
    push({ account: instance.id, service: instance.type }, rest);
    unitemised.push(instance.id);
  }
  return { rows, unitemised };
};

/** Adds the names of instances and SKUs to the maps; a later name replaces an earlier one. */
export const addLabels = async (
  instances: readonly InstanceCosts[],
  accounts: Map<string, string>,
  resources: Map<string, string>,
  turns: Turns,
): Promise<void> => {
  for (const instance of instances) {
    if (instance.name !== null) accounts.set(instance.id, instance.name);
    for (const item of instance.lineItems) {
      const sku = blankToNull(item.sku);
      const name = blankToNull(item.name);
      if (turns.due()) await turns.next();
      if (sku !== null && name !== null) resources.set(sku, name);
    }
  }
};

const kindOf = (type: string | null): Account['kind'] =>
  type === null || type.toLowerCase().includes('deployment') ? 'deployment' : 'project';

/**
 * Instances as accounts. `formerToo` lists instances that only the month before knows: early in a month the vendor
 * has not yet reported what runs in it.
 */
export const accountsOf = (
  current: readonly InstanceCosts[],
  previous: readonly InstanceCosts[],
  today: Day,
  previousMonth: Day,
  withPrevious: boolean,
  prices: EcuPrices,
): Account[] => {
  const spend = (instance: InstanceCosts | undefined, day: Day) =>
    instance === undefined || instance.total === null
      ? null
      : money(multiply(instance.total, priceOn(prices, day)), prices.currency);
  const previousById = new Map(previous.map((instance) => [instance.id, instance]));
  const currentById = new Map(current.map((instance) => [instance.id, instance]));
  const listed = withPrevious ? [...current, ...previous.filter((instance) => !currentById.has(instance.id))] : current;
  return listed.map((instance) => ({
    nativeId: instance.id,
    name: instance.name ?? instance.id,
    kind: kindOf(instance.type),
    parentId: null,
    state: 'active',
    currentMonth: spend(currentById.get(instance.id), monthStart(monthOf(today))),
    previousMonth: spend(previousById.get(instance.id), previousMonth),
    forecast: null,
  }));
};
