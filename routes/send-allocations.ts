import { allocationRecordSchema } from '../src/domain/telemetry.ts';
import { defineWrite } from './shared/operation.ts';
import { operationOfLines, refuseInQuery, sending } from './shared/telemetry-answers.ts';

const common = sending(allocationRecordSchema);

export const sendAllocations = defineWrite({
  ...common,
  id: 'sendAllocations',
  method: 'POST',
  path: '/v1/telemetry/allocations/{stream}',
  summary: 'Send records by which costs are divided',
  body: common.body.meta({ id: 'SendAllocations' }),
  handle: ({ query, body, params, services, ...ask }) => {
    refuseInQuery(query);
    return services.measurements.send('allocation', params.stream, body, ask);
  },
  handleLines: ({ query, params, services, lines, ...ask }) => {
    const asked = { ...query, operation: operationOfLines(query), kind: 'allocation', stream: params.stream } as const;
    return services.measurements.sendLines(asked, lines.lines(), ask);
  },
});
