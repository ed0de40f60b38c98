import { unitMetricRecordSchema } from '../src/domain/telemetry.ts';
import { defineWrite } from './shared/operation.ts';
import { sending } from './shared/telemetry-answers.ts';

const common = sending(unitMetricRecordSchema);

export const sendUnitMetrics = defineWrite({
  ...common,
  id: 'sendUnitMetrics',
  method: 'POST',
  path: '/v1/telemetry/unit-metrics/{stream}',
  summary: 'Send records of a unit metric',
  body: common.body.meta({ id: 'SendUnitMetrics' }),
  handle: ({ body, params, services, ...ask }) => services.measurements.send('unit-metric', params.stream, body, ask),
});
