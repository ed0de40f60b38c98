import { type ChildProcess, fork } from 'node:child_process';
import { draw } from '../../src/vendor/sandbox/world.ts';
import { pinnedClock } from '../../test/support/pinned-clock.ts';
import { settingsOf, startVendor } from '../../test/support/vendor-line.ts';
import type { Figure } from './figure.ts';
import { questions } from './fleet.ts';
import type { Plan } from './plan.ts';

const replicas = 8;

const told = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => {
    child.once('message', resolve);
    child.once('exit', () => resolve(null));
  });

/** Eight processes need the first token. The one that requests it is killed during the request. */
export const tokenKill = async ({ seed, redisUrl }: Plan): Promise<Figure[]> => {
  if (redisUrl === null) return [];
  const vendor = await startVendor('cloudspend', pinnedClock());
  vendor.sandbox.faults.set([{ kind: 'latency', milliseconds: 400, path: '/oauth' }]);
  const options = { redisUrl, name: 'token-kill', count: replicas, settings: { cloudspend: settingsOf(vendor) } };
  const children = Array.from({ length: replicas }, () =>
    fork(new URL('replica.ts', import.meta.url), [JSON.stringify(options)]),
  );
  await Promise.all(children.map(told));
  // The first process to be asked gets the lease and sends the token request.
  const [holder, ...others] = children;
  const first = holder === undefined ? null : told(holder);
  holder?.send(questions[0] ?? '');
  while (vendor.callsTo('/oauth') === 0) await new Promise((resolve) => setImmediate(resolve));
  const answers = others.map((child, index) => {
    child.send(questions[Math.floor(questions.length * draw(seed, 'kill', index))] ?? '');
    return told(child);
  });
  holder?.kill('SIGKILL');
  const statuses = await Promise.all(answers);
  await first;
  for (const child of others) child.disconnect();
  const asked = vendor.callsTo('/oauth');
  await vendor.close();
  return [
    { name: 'tokens asked for by 8 processes, the holder of the lease killed', found: asked, most: 2 },
    { name: 'reads of the other 7 answered', found: statuses.filter((status) => status === 200).length, least: 7 },
  ];
};
