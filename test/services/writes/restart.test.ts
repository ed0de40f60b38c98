import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { VirtualClock } from '../../support/clock.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';
import { budgetNamed, openGateway } from './gateway.ts';
import { mortalStore } from './mortal-store.ts';
import { ToyBudgets } from './toy-budgets.ts';

const directory = mkdtempSync(join(tmpdir(), 'writes-'));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('a write that was under way when the process was killed is settled by the next one, out of the embedded store', async () => {
  const clock = new VirtualClock();
  const toy = new ToyBudgets(clock);
  const vendor = new ToyVendor(clock, { currencies: ['USD'], capabilities: { budgets: toy.source } });
  const path = join(directory, 'store.sqlite');

  const first = openSqliteStore(path, clock);
  const mortal = mortalStore(first, null);
  toy.onEffect = () => mortal.kill();
  void openGateway({ vendor, clock, store: mortal.store }).post(budgetNamed('core'), { key: 'k' });
  await clock.advance(1_000);
  expect(toy.effectsOf('core')).toBe(1);
  await first.close();

  const second = openSqliteStore(path, clock);
  const gateway = openGateway({ vendor, clock, store: second });
  gateway.writes.start();
  await clock.advance(30_000);
  expect(await gateway.post(budgetNamed('core'), { key: 'k' })).toMatchObject({
    status: 201,
    json: { data: { id: 'toy:b-1', name: 'core' } },
  });
  expect(toy.sends).toHaveLength(1);
  gateway.close();
  await second.close();
});
