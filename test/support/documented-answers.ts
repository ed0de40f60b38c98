import { type ExampleOptions, exampleOf } from '../../src/vendor/document/example.ts';
import type { Connector, Reading, VendorRequest } from '../../src/vendor/kit/index.ts';
import { described } from '../documents/described.ts';
import { openDialects } from '../documents/vendor.ts';
import { VirtualClock } from './clock.ts';
import { type ScriptedSession, scriptedSession } from './scripted-session.ts';

/** Answers every request with an example made from what the document of that dialect says of a success. */
const documentedAnswers = (
  provider: string,
  dialect: string,
  options: ExampleOptions,
): ((request: VendorRequest) => unknown) => {
  const vendor = described.find((each) => each.provider === provider);
  const spoken = vendor && openDialects(vendor).find(({ name }) => name === dialect);
  if (spoken === undefined) throw new TypeError(`${provider} has no document of the dialect ${dialect}`);
  return ({ method, path }) => {
    const located = spoken.describe(method, path);
    if (located === null) return undefined;
    const { document, operation } = located;
    const [, content] = Object.entries(operation.answers).find(([status]) => status.startsWith('2')) ?? [];
    const schema = content?.['application/json'];
    return schema === undefined ? undefined : exampleOf(schema, document.schemas, options);
  };
};

export interface DocumentedVendor extends ExampleOptions {
  readonly connector: Connector;
  readonly provider: string;
  readonly dialect: string;
}

/** Undefined where there is no such capability, null where the vendor has none of it. */
export type ReadAnswer = (session: ScriptedSession) => Promise<Reading<unknown> | null> | undefined;

const worded = (reading: Reading<unknown>): string => {
  const faults = reading.faults.map(({ path, message }) => `${path} ${message}`);
  const notes = [...new Set(reading.notes.map(({ code }) => code))];
  return [
    `${reading.items.length} read`,
    ...(notes.length === 0 ? [] : [`notes ${notes.join(', ')}`]),
    ...(faults.length === 0 ? [] : [`faults ${faults.join(', ')}`]),
  ].join('; ');
};

const outcomeOf = async (work: ReturnType<ReadAnswer>): Promise<string> => {
  try {
    const reading = await work;
    if (reading === undefined) return 'is no capability';
    return reading === null ? 'is not known to the vendor' : worded(reading);
  } catch (thrown) {
    return `fails: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
};

/** What comes of reading a vendor that answers as its document shows, in a line, and which operations that took. */
export const readDocumented = async (
  vendor: DocumentedVendor,
  read: ReadAnswer,
): Promise<{ readonly outcome: string; readonly asked: ReadonlySet<string> }> => {
  const answers = documentedAnswers(vendor.provider, vendor.dialect, vendor);
  const session = scriptedSession(vendor.connector, new VirtualClock(), answers);
  return { outcome: await outcomeOf(read(session)), asked: session.asked };
};
