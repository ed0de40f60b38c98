import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { providers } from '../providers/index.ts';
import { connectConfigured, openConfiguredStore, startSandboxes } from '../src/app/start.ts';
import { version } from '../src/app/version.ts';
import { loadConfig } from '../src/config/config.ts';
import { EX_CONFIG, renderFaults } from '../src/config/faults.ts';
import { systemClock as clock } from '../src/domain/clock.ts';
import { examine } from '../src/services/doctor/examine.ts';
import { checkStore } from '../src/services/doctor/store-check.ts';
import { createLog } from '../src/telemetry/log.ts';
import { openConnection } from '../src/vendor/connection.ts';
import type { UpstreamEvent } from '../src/vendor/upstream/call/events.ts';
import type { Heard } from '../src/vendor/upstream/hear.ts';
import { renderExaminations } from './doctor/render.ts';

const help = `Examines every configured connection: whether the vendor is reached, the clock, the credential and its permissions,
the quotas and the store, and says what to mend.

  npm run doctor [-- --json]

It makes at most one call for each permission, and none that changes anything. It may run beside the gateway, over the
same DATA_DIR or REDIS_URL: it uses the tokens that are stored there and counts into the same quotas.
Exit code 0 when all is in order, 1 when something is not, 64 for wrong arguments, 78 for a wrong configuration.
`;

/** As in sysexits.h. */
const EX_USAGE = 64;

const refuse = (text: string, code: number): never => {
  process.stderr.write(text);
  process.exit(code);
};

const readArguments = () => {
  try {
    const options = { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
    return parseArgs({ options }).values;
  } catch (cause) {
    return refuse(`${cause instanceof Error ? cause.message : 'wrong arguments'}\n\n${help}`, EX_USAGE);
  }
};

const wanted = readArguments();
if (wanted.help) {
  process.stdout.write(help);
  process.exit(0);
}
const loaded = loadConfig(process.env, providers, { read: (path) => readFileSync(path, 'utf8') });
const config = loaded.ok ? loaded.config : refuse(renderFaults(loaded.faults), EX_CONFIG);

const log = createLog('silent', process.stderr);
const opened = openConfiguredStore(config, clock, log);
await opened.contacted();
const sandboxes = config.sandbox ? await startSandboxes(providers, clock, log) : [];
const endpoints = config.sandbox ? sandboxes.map(({ endpoint }) => endpoint) : connectConfigured(config);

const unwritable = opened.state() === 'ok' ? null : 'The store does not answer, or cannot be written.';
const store = await checkStore(opened.protecting, opened.warning() ?? unwritable, clock);

const connections = await Promise.all(
  endpoints.map(async (endpoint) => {
    const heard: Heard[] = [];
    const events: UpstreamEvent[] = [];
    const connection = openConnection({
      ...endpoint,
      store: opened.store,
      clock,
      userAgent: `cost-gateway/${version}`,
      observe: (event) => events.push(event),
      hear: (answer) => heard.push(answer),
    });
    const examination = await examine(connection, { heard, events }, store, clock);
    await connection.upstream.close();
    return examination;
  }),
);
const result = { ok: connections.every(({ ok }) => ok), connections };
process.stdout.write(wanted.json ? `${JSON.stringify(result)}\n` : renderExaminations(connections));
await Promise.all(sandboxes.map(({ sandbox }) => sandbox.close()));
await opened.store.close();
process.exit(result.ok ? 0 : 1);
