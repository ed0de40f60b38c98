import { parseArgs } from 'node:util';
import { systemClock as clock } from '../src/domain/clock.ts';
import { asFailure } from '../src/domain/failure/failure.ts';
import { telemetryKinds, telemetryOperations } from '../src/domain/telemetry.ts';
import { jsonDigest } from '../src/services/writes/fingerprint.ts';
import { openGateway, refuse } from './open-gateway.ts';
import { barOf, openProgressLine } from './progress-line.ts';
import { digestOfFile, FileFault, readRecords } from './telemetry/read-records.ts';

const help = `Sends the records of a file to a vendor that takes telemetry, at the pace that the vendor allows.

  npm run telemetry -- --file <csv|ndjson> --stream <name> --kind unit-metric|allocation --operation sum|replace|delete
                       [--connection <id>] [--again] [--json]

NDJSON has a record on each line, as the API takes them. CSV has a header: timestamp, granularity, value and elementName
are fields of a record; every other column is a filter under its own name, several values with ; between them.

All records are checked before the first is sent. The command may be stopped at any time; started again with the same
file it goes on, and never sends a request twice that would be counted twice. --again sends a file that was sent before.
Exit code 0 when all was sent, 1 when something was not or is not known, 78 for a wrong configuration.
`;

const isOneOf = <Word extends string>(word: string | undefined, words: readonly Word[]): word is Word =>
  words.some((each) => each === word);

const readArguments = () => {
  try {
    const { values } = parseArgs({
      options: {
        file: { type: 'string' },
        stream: { type: 'string' },
        kind: { type: 'string' },
        operation: { type: 'string' },
        connection: { type: 'string' },
        again: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const { file, stream, kind, operation } = values;
    if (file === undefined || stream === undefined) return refuse(`--file and --stream are needed\n\n${help}`);
    if (!isOneOf(kind, telemetryKinds)) return refuse(`--kind is one of ${telemetryKinds.join(', ')}\n`);
    if (!isOneOf(operation, telemetryOperations))
      return refuse(`--operation is one of ${telemetryOperations.join(', ')}\n`);
    return { ...values, file, stream, kind, operation };
  } catch (cause) {
    return refuse(`${cause instanceof Error ? cause.message : 'wrong arguments'}\n\n${help}`);
  }
};

const wanted = readArguments();
const { app, close } = await openGateway();
const { measurements, deliveries } = app.services;

const line = openProgressLine(process.stderr);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

const pollMs = 250;
type Progress = Awaited<ReturnType<typeof measurements.progress>>;

/** Shows how far it is, until it has ended. A process that was killed leaves its claim for some seconds. */
const follow = async (id: string): Promise<Progress> => {
  for (;;) {
    const progress = await measurements.progress(id);
    const { done, total, records, state: now } = progress;
    line.show(
      `${barOf(total === null ? 0 : done / Math.max(1, total))} ${done} of ${total ?? '?'} requests, ${records} records`,
    );
    if (now !== 'running' || stop.signal.aborted) return progress;
    deliveries.resume(id);
    await clock.sleep(pollMs);
  }
};

const send = async (): Promise<Progress> => {
  const { file, stream, kind, operation } = wanted;
  const asked = { connection: measurements.receiver(wanted.connection), kind, stream, operation };
  const mark = wanted.again ? clock.id() : '';
  const id = jsonDigest('file', await digestOfFile(file), asked, mark).slice(0, 32);
  await measurements.deliver(id, asked, readRecords(file, kind), (read) => line.show(`checked ${read} records`));
  return follow(id);
};

const told = ({ unknown, problem, state: now, records, done, total }: Progress): string => {
  const lines = unknown.map(
    ({ first, last }) => `not known whether they arrived: the records of lines ${first} to ${last}\n`,
  );
  if (now === 'running') return `stopped after ${done} of ${total ?? '?'} requests; start it again to go on\n`;
  if (problem !== null)
    return `${lines.join('')}stopped after ${done} of ${total ?? '?'} requests: ${problem.detail}\n`;
  return `${lines.join('')}${records} records sent in ${total ?? 0} requests\n`;
};

try {
  const progress = await send();
  line.end();
  process.stdout.write(wanted.json ? `${JSON.stringify(progress)}\n` : told(progress));
  process.exitCode = progress.state === 'done' && progress.unknown.length === 0 ? 0 : 1;
} catch (thrown) {
  line.end();
  const { public: text, errors = [] } =
    thrown instanceof FileFault ? { public: thrown.message } : asFailure(thrown).details;
  process.stderr.write(`${text}\n${errors.map(({ path, message }) => `  ${path} ${message}\n`).join('')}`);
  process.exitCode = 1;
}
await close();
process.exit();
