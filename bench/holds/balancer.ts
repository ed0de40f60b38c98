import { Agent, createServer, request as send } from 'node:http';
import { z } from 'zod';
import { systemClock as clock } from '../../src/domain/clock.ts';

/**
 * A load balancer in a process of its own: round robin over the replicas that are ready, found out by probes. It takes a
 * replica out after two failed probes, puts it in after one good one, and repeats no request.
 */
const optionsSchema = z.object({ probeMs: z.number() });
const replicasSchema = z.object({ replicas: z.array(z.string()) });

const { probeMs } = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const failuresMax = 2;
const probeTimeoutMs = 1_000;

interface Backend {
  readonly url: string;
  readonly agent: Agent;
  ready: boolean;
  failures: number;
  stop: () => void;
}
const backends = new Map<string, Backend>();

const answersProbe = (backend: Backend): Promise<boolean> =>
  new Promise((resolve) => {
    const options = { agent: backend.agent, timeout: probeTimeoutMs, headers: { 'user-agent': 'balancer' } };
    const probe = send(`${backend.url}/health/ready`, options, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode === 200));
    });
    probe.once('timeout', () => probe.destroy());
    probe.once('error', () => resolve(false));
    probe.end();
  });

const watch = (backend: Backend): void => {
  backend.stop = clock.after(probeMs, async () => {
    const answered = await answersProbe(backend);
    backend.failures = answered ? 0 : backend.failures + 1;
    if (answered) backend.ready = true;
    if (backend.failures >= failuresMax) backend.ready = false;
    if (backends.has(backend.url)) watch(backend);
  });
};

const setReplicas = (urls: readonly string[]): void => {
  for (const [url, backend] of backends) {
    if (urls.includes(url)) continue;
    backend.stop();
    backend.agent.destroy();
    backends.delete(url);
  }
  for (const url of urls.filter((each) => !backends.has(each))) {
    const backend: Backend = { url, agent: new Agent({ keepAlive: true }), ready: false, failures: 0, stop: () => {} };
    backends.set(url, backend);
    watch(backend);
  }
};

let turn = 0;
const server = createServer((request, response) => {
  const ready = [...backends.values()].filter((backend) => backend.ready);
  turn += 1;
  const backend = ready[turn % Math.max(1, ready.length)];
  const refuse = (): void => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'x-balancer': backend === undefined ? 'none-ready' : backend.url }).end();
  };
  if (backend === undefined) {
    refuse();
    return;
  }
  const { host: _host, connection: _connection, ...headers } = request.headers;
  const onward = send(
    `${backend.url}${request.url}`,
    { method: request.method, headers, agent: backend.agent },
    (answer) => {
      const { connection: _hop, 'keep-alive': _alive, ...answered } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, { ...answered, 'x-balancer': backend.url });
      answer.pipe(response);
      answer.once('error', refuse);
    },
  );
  onward.once('error', refuse);
  request.pipe(onward);
});

process.on('message', (message) => {
  setReplicas(replicasSchema.parse(message).replicas);
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a server listens on a port');
  process.send?.({ url: `http://127.0.0.1:${address.port}` });
});
