import { allocationRecordSchema } from '../src/domain/telemetry.ts';
import { defineWrite } from './shared/operation.ts';
import { sending } from './shared/telemetry-answers.ts';

const common = sending(allocationRecordSchema);

export const sendAllocations = defineWrite({
  ...common,
  id: 'sendAllocations',
  method: 'POST',
  path: '/v1/telemetry/allocations/{stream}',
  summary: 'Send records by which costs are divided',
  body: common.body.meta({ id: 'SendAllocations' }),
  handle: ({ body, params, services, ...ask }) => services.measurements.send('allocation', params.stream, body, ask),
});
