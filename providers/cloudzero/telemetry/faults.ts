import { decimalText, isPositive, parseDecimal } from '../../../src/domain/decimal.ts';
import type { FieldFault } from '../../../src/domain/failure/failure.ts';
import type { Turns } from '../../../src/domain/turns.ts';
import type { AllocationRecord, TelemetryBatch, UnitMetricRecord } from '../../../src/vendor/kit/index.ts';
import type { DialectSetting } from '../dialect.ts';
import { liveRecords, publishedRecords } from './bodies.ts';
import { isIsoTime } from './instants.ts';

const filtersMax = 5;
const valuesMax = 20;
const digitsMax = 15;
/** The vendor writes 5MB; this is the smaller of what that can mean. */
export const bytesMax = 5_000_000;
/** So many are told, and no more are looked for. */
const faultsMax = 100;

/** An id as `getBillingDimensions` has it. */
const idPattern = /^(Tag|User:Defined|CZ(:Defined)?):/;

interface Judged {
  readonly fields: UnitMetricRecord & AllocationRecord;
  /** The member that holds the filters. */
  readonly member: 'associatedCost' | 'filter';
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

const judgedOf = (batch: TelemetryBatch): readonly Judged[] =>
  batch.kind === 'allocation'
    ? batch.records.map((fields) => ({ fields, member: 'filter', filters: fields.filter ?? {} }))
    : batch.records.map((fields) => ({
        fields,
        member: 'associatedCost',
        filters: Object.fromEntries(Object.entries(fields.associatedCost ?? {}).map(([key, text]) => [key, [text]])),
      }));

const digitsOf = (text: string): number => text.replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length;

const valueFault = (value: string | undefined, { operation }: TelemetryBatch): string | null => {
  if (operation === 'delete') return value === undefined ? null : 'must be absent from a deletion';
  const decimal = value === undefined ? null : parseDecimal(value);
  if (decimal === null || !isPositive(decimal)) return 'must be a decimal number above 0';
  return digitsOf(decimalText(decimal)) > digitsMax ? `must have at most ${digitsMax} significant digits` : null;
};

const granularityFault = (given: string | undefined, { kind }: TelemetryBatch, setting: DialectSetting) => {
  if (kind === 'allocation') return given === undefined ? 'is required of an allocation' : null;
  return given === 'HOURLY' && setting !== 'published' ? 'must be DAILY or MONTHLY for a unit metric' : null;
};

const filterFaults = (filters: Judged['filters']): (readonly [key: string, message: string])[] =>
  Object.entries(filters).flatMap(([key, values]): [string, string][] => {
    if (key === '') return [[key, 'has no name']];
    if (idPattern.test(key)) {
      return [
        [key, 'must be a name, with custom: or tag: before it; CloudZero takes an id here and allocates nothing'],
      ];
    }
    return values.length > valuesMax ? [[key, `must have at most ${valuesMax} values`]] : [];
  });

/** What is wrong with one record, whatever stands beside it. */
const faultsIn = (
  { fields, member, filters }: Judged,
  batch: TelemetryBatch,
  setting: DialectSetting,
): readonly FieldFault[] => {
  const { kind, operation } = batch;
  const faults: FieldFault[] = [];
  const add = (path: string, message: string | null): void => {
    if (message !== null) faults.push({ path, message });
  };
  add('timestamp', isIsoTime(fields.timestamp) ? null : 'must be a date or a timestamp in ISO 8601');
  add('value', valueFault(fields.value, batch));
  add('granularity', granularityFault(fields.granularity, batch, setting));
  const named = fields.elementName !== undefined && fields.elementName !== '';
  add('elementName', kind === 'unit-metric' || operation === 'delete' || named ? null : 'is required of an allocation');
  add(member, Object.keys(filters).length > filtersMax ? `must have at most ${filtersMax} keys` : null);
  for (const [key, message] of filterFaults(filters)) add(`${member}.${key}`, message);
  return faults;
};

const shapeOf = ({ filters }: Judged): string => JSON.stringify(Object.keys(filters).toSorted());

/** The larger of the bodies that may be sent. */
const bytesOf = (batch: TelemetryBatch): number => {
  const records = [liveRecords(batch), publishedRecords(batch)];
  return Math.max(...records.map((each) => Buffer.byteLength(JSON.stringify({ records: each }))));
};

/** What the vendor documents that it would refuse, and what it takes without effect. */
export const telemetryFaults = async (
  batch: TelemetryBatch,
  setting: DialectSetting,
  turns: Turns,
): Promise<readonly FieldFault[]> => {
  const faults: FieldFault[] = [];
  if (!/^[\w.-]{1,256}$/.test(batch.stream)) {
    faults.push({ path: 'stream', message: 'must have 1 to 256 letters, digits, dots, hyphens and underscores' });
  }
  const judged = judgedOf(batch);
  const [first] = judged;
  if (first === undefined) return [...faults, { path: 'records', message: 'must hold at least one record' }];
  const shape = shapeOf(first);
  for (const [index, each] of judged.entries()) {
    const found = [...faultsIn(each, batch, setting)];
    if (shapeOf(each) !== shape) found.push({ path: each.member, message: 'must have the keys of the first record' });
    if (each.fields.granularity !== first.fields.granularity)
      found.push({ path: 'granularity', message: 'must be that of the first record' });
    faults.push(...found.map(({ path, message }) => ({ path: `records[${index}].${path}`, message })));
    if (faults.length >= faultsMax) return faults.slice(0, faultsMax);
    if (turns.due()) await turns.next();
  }
  if (faults.length > 0) return faults;
  const bytes = bytesOf(batch);
  if (bytes <= bytesMax) return [];
  return [{ path: 'records', message: `make a body of ${bytes} bytes; CloudZero takes ${bytesMax} at once` }];
};
