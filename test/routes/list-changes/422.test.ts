import { describe, expect, it } from 'vitest';
import { problemOf } from '../../support/answers.ts';
import { VirtualClock } from '../../support/clock.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';
import { startToyVendors } from '../../support/toy-vendors-app.ts';

describe('422 of GET /v1/changes', () => {
  it('is for a strict question where no change could be seen', async () => {
    const clock = new VirtualClock();
    const app = await startToyVendors([new ToyVendor(clock)], clock);
    const { problem } = await problemOf(app, '/v1/changes?strict=true');
    expect(problem).toMatchObject({ type: '/problems/capability-unsupported', status: 422 });
    await app.close();
  });
});
