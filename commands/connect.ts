import { readFileSync } from 'node:fs';
import { providers } from '../providers/index.ts';
import { version } from '../src/app/version.ts';
import { systemClock as clock } from '../src/domain/clock.ts';
import { asFailure } from '../src/domain/failure/failure.ts';
import { answerAll } from './connect/answers.ts';
import { readConnectWords, type Wanted } from './connect/arguments.ts';
import { openPage } from './connect/open-page.ts';
import { openOperator } from './connect/operator.ts';
import { FileRefused, openSecretFile, type SecretFile } from './connect/secret-file.ts';
import { InputEnded, openTerminal } from './connect/terminal.ts';

/** As in sysexits.h. */
const EX_USAGE = 64;
const EX_CANTCREAT = 73;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const refuse = (text: string, code: number): never => {
  process.stderr.write(text);
  process.exit(code);
};

const read = readConnectWords(process.argv.slice(2), providers);
if (read.kind === 'help') {
  process.stdout.write(read.text);
  process.exit(0);
}
const wanted: Wanted = read.kind === 'run' ? read.wanted : refuse(read.text, EX_USAGE);
const { provider, flow } = wanted;
const hasTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
const terminal = hasTerminal ? openTerminal(process.stdin, process.stderr) : null;

/** A credential that has no place to go is not asked for. */
const placeMissing = flow.grants && !wanted.print && wanted.out === null && terminal === null;
const noPlace = '--out or --print is missing: where the credential goes';

/** Where the credential goes; null where there is none, or where it is printed. */
const destination = async (): Promise<string | null> => {
  if (!flow.grants || wanted.print || wanted.out !== null) return wanted.out;
  const typed = (await terminal?.ask('file for the credential: ', false))?.trim() ?? '';
  return typed === '' ? refuse(`${noPlace}\n`, EX_USAGE) : typed;
};

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort(new InputEnded('interrupted'));
});

const run = async (): Promise<number> => {
  const sources = { environment: process.env, files: { read: (path: string) => readFileSync(path, 'utf8') } };
  const answered = await answerAll(flow.needs, wanted.given, sources, terminal);
  const faults = [...(answered.ok ? [] : answered.faults), ...(placeMissing ? [noPlace] : [])];
  if (!answered.ok || placeMissing) return refuse(faults.map((fault) => `${fault}\n`).join(''), EX_USAGE);
  const path = await destination();
  const file: SecretFile | null =
    path === null ? null : openSecretFile(path, wanted.force, clock.bytes(6).toString('hex'));
  const operator = openOperator({
    provider: provider.id,
    clock,
    userAgent: `cost-gateway/${version}`,
    answers: answered.answers,
    tell: say,
    visit: (url) => {
      say(`Open this page in a browser:\n\n  ${url}\n`);
      if (wanted.open) openPage(url);
    },
    signal: stop.signal,
  });
  const interrupted = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
  });
  try {
    const outcome = await Promise.race([flow.run(operator), interrupted]);
    if (outcome.kind === 'done') {
      say(outcome.sentence);
      return 0;
    }
    const { environment, credential, settings } = outcome;
    file?.write(credential);
    const own = path === null ? `${environment}=${credential.reveal()}` : `${environment}_FILE=${path}`;
    if (path !== null) say(`The credential is in ${path}. Set these variables:`);
    const lines = [own, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)];
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  } finally {
    file?.discard();
    await operator.close();
  }
};

try {
  process.exit(await run());
} catch (thrown) {
  if (thrown instanceof InputEnded) refuse(`${thrown.message}\n`, 130);
  if (thrown instanceof FileRefused) refuse(`${thrown.message}\n`, EX_CANTCREAT);
  const { kind, details } = asFailure(thrown);
  refuse(`${details.public}\n`, kind === 'invalid-request' ? EX_USAGE : 1);
}
