import { unitMetricRecordSchema } from '../src/domain/telemetry.ts';
import { defineWrite } from './shared/operation.ts';
import { operationOfLines, refuseInQuery, sending } from './shared/telemetry-answers.ts';

const common = sending(unitMetricRecordSchema);

export const sendUnitMetrics = defineWrite({
  ...common,
  id: 'sendUnitMetrics',
  method: 'POST',
  path: '/v1/telemetry/unit-metrics/{stream}',
  summary: 'Send records of a unit metric',
  body: common.body.meta({ id: 'SendUnitMetrics' }),
  handle: ({ query, body, params, services, ...ask }) => {
    refuseInQuery(query);
    return services.measurements.send('unit-metric', params.stream, body, ask);
  },
  handleLines: ({ query, params, services, lines, ...ask }) => {
    const asked = { ...query, operation: operationOfLines(query), kind: 'unit-metric', stream: params.stream } as const;
    return services.measurements.sendLines(asked, lines.lines(), ask);
  },
});
