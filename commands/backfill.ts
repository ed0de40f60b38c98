import { parseArgs } from 'node:util';
import type { BackfillProgress } from '../src/domain/backfill.ts';
import { asFailure } from '../src/domain/failure/failure.ts';
import type { BackfillReport } from '../src/services/backfill.ts';
import { openGateway, refuse } from './open-gateway.ts';
import { barOf, openProgressLine } from './progress-line.ts';

const help = `Reads older months of daily cost into the store, with the lowest claim on the quotas of the vendors.

  npm run backfill -- [--months 12] [--connection <id>]... [--json]

It may run beside the gateway, over the same DATA_DIR or REDIS_URL, and can be stopped and started at any time:
what was read is kept. Exit code 0 when all is stored, 1 when something is missing, 78 for a wrong configuration.
`;

const readArguments = () => {
  try {
    const { values } = parseArgs({
      options: {
        months: { type: 'string', default: '12' },
        connection: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    if (!/^([1-9]|[12]\d|3[0-6])$/.test(values.months)) return refuse('--months takes a number from 1 to 36\n');
    return { ...values, months: Number(values.months) };
  } catch (cause) {
    return refuse(`${cause instanceof Error ? cause.message : 'wrong arguments'}\n\n${help}`);
  }
};

const wanted = readArguments();
const { app, close } = await openGateway();

const known = app.connections.map((connection) => connection.id);
const unknown = (wanted.connection ?? []).filter((id) => !known.includes(id));
if (unknown.length > 0) refuse(`no connection is named ${unknown.join(', ')}; known are ${known.join(', ')}\n`);

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

const line = openProgressLine(process.stderr);
const describe = (id: string, total: number, { doneThrough, from, callsLeft, waiting }: BackfillReport): string => {
  const done = total === 0 ? 1 : 1 - callsLeft / total;
  const through = doneThrough === null ? `nothing from ${from} on yet` : `stored through ${doneThrough}`;
  const wait = waiting === null ? '' : `, waiting until ${waiting.until}: ${waiting.because}`;
  return `${id} ${barOf(done)} ${through}, about ${callsLeft} calls left${wait}`;
};

interface Result extends BackfillProgress {
  readonly connection: string;
  readonly complete: boolean;
  readonly problems: readonly string[];
}

const backfill = async (id: string): Promise<Result | null> => {
  const connection = app.connections.find((each) => each.id === id);
  if (connection === undefined) return null;
  let total: number | null = null;
  let last: BackfillProgress = { from: '', to: '', doneThrough: null, callsLeft: 0 };
  const report = (now: BackfillReport): void => {
    total ??= now.callsLeft;
    last = { from: now.from, to: now.to, doneThrough: now.doneThrough, callsLeft: now.callsLeft };
    line.show(describe(id, total, now));
  };
  try {
    const { progress, failures } = await app.services.backfill.run(connection, {
      months: wanted.months,
      report,
      signal: stop.signal,
    });
    const problems = [...new Set(failures.map((failure) => failure.details.public))];
    return { connection: id, complete: failures.length === 0, ...progress, problems };
  } catch (thrown) {
    const problem = stop.signal.aborted ? 'It was stopped; what was read is kept.' : asFailure(thrown).details.public;
    return { connection: id, complete: false, ...last, problems: [problem] };
  } finally {
    line.end();
  }
};

const results: Result[] = [];
for (const id of wanted.connection ?? known) {
  const result = await backfill(id);
  if (result !== null) results.push(result);
}
if (wanted.json) process.stdout.write(`${JSON.stringify({ connections: results })}\n`);
else
  for (const { connection, complete, to, problems } of results)
    process.stdout.write(
      complete ? `${connection}: all days through ${to} are stored\n` : `${connection}: ${problems.join(' ')}\n`,
    );
await close();
process.exit(results.every(({ complete }) => complete) ? 0 : 1);
