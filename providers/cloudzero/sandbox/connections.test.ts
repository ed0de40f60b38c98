import { expect, test } from 'vitest';
import { openRoutes, openSandbox } from '../../../test/support/cloudzero-sandbox.ts';
import { createConnections } from './connections.ts';

const path = '/v2/connections/billing';
const open = () => openRoutes('live', (clock) => createConnections(clock).routes);

test('billing connections are created, read, changed and deleted', async () => {
  const { send } = await open();
  const listed = (await send('GET', path)).json;
  expect(listed.connections.map((each: { cloud_provider: string }) => each.cloud_provider)).toEqual(['AWS', 'Elastic']);
  const { connection } = (await send('POST', path, { name: 'simple-cloud', cloud_provider: 'Simple' })).json;
  expect(connection).toMatchObject({ name: 'simple-cloud', connection_id: connection.id, is_enabled: true });
  const one = `${path}/${connection.id}`;
  const bucket = { bucket_name: 'bills', bucket_path: 'daily', cloud_account_id: '1' };
  const changed = { expected_ingest_rate: 12, is_enabled: false, s3_bucket_info: bucket };
  expect((await send('PATCH', one, changed)).json.connection).toMatchObject({ ...changed, name: 'simple-cloud' });
  expect((await send('PATCH', one, { s3_bucket_info: null })).json.connection.s3_bucket_info.bucket_name).toBe('');
  const shown = (await send('GET', one)).json;
  expect((await send('DELETE', one)).json).toEqual(shown);
  expect((await send('GET', one)).status).toBe(404);
});

test('connections that the vendor manages cannot be changed or deleted, and a name has no spaces', async () => {
  const { send } = await open();
  const aws = `${path}/connection-aws-7c20`;
  expect((await send('PATCH', aws, { name: 'mine' })).status).toBe(400);
  expect((await send('DELETE', aws)).status).toBe(400);
  expect((await send('GET', aws)).status).toBe(200);
  expect((await send('POST', path, { name: 'two words', cloud_provider: 'Simple' })).status).toBe(400);
  expect((await send('POST', path, { name: 'simple' })).status).toBe(400);
});

test('billing drops are sent to connections of the custom kind, also to those that were just created', async () => {
  const { send } = await openSandbox('live');
  const { connection } = (await send('POST', path, { name: 'simple-cloud', cloud_provider: 'Simple' })).json;
  const drop = { data: [{ 'time/usage_start': '2026-10-01T00:00:00Z', 'cost/cost': '1' }] };
  const sendTo = async (id: string) => (await send('POST', `${path}/anycost/${id}/billing_drops`, drop)).status;
  expect(await sendTo(connection.id)).toBe(200);
  expect(await sendTo('connection-anycost-41d8')).toBe(200);
  expect(await sendTo('connection-aws-7c20')).toBe(404);
  expect((await send('DELETE', `${path}/${connection.id}`)).status).toBe(200);
  expect(await sendTo(connection.id)).toBe(404);
});

test('the key is asked for before a repeated answer is given', async () => {
  const { send } = await openSandbox('live');
  const headers = { 'cloudzero-idempotency-key': 'k' };
  expect((await send('GET', path, undefined, headers)).status).toBe(200);
  expect((await send('GET', path, undefined, { ...headers, authorization: 'nobody' })).status).toBe(403);
});

test('what is simulated no further is answered from the document, and what it does not name is not there', async () => {
  const { send } = await openSandbox('live');
  const { json } = await send('GET', '/v2/costformation/definition/versions');
  expect(json.versions).toHaveLength(1);
  expect(json.pagination).toMatchObject({ total_count: 1, cursor: { has_next: false, next_cursor: null } });
  expect((await send('POST', '/events/v1/events', { title: 'Deployed', source: 'ci' })).status).toBe(201);
  expect((await send('GET', '/events/v1/events')).status).toBe(404);
  const { send: toPublished } = await openSandbox('published');
  expect((await toPublished('GET', path)).status).toBe(404);
});
