import type { PermissionProbe, Probes } from '../../src/vendor/kit/index.ts';
import { operations } from './catalogue.ts';
import { availableRangeRequest } from './requests.ts';

const readScope = operations.availableRange.scope;

/** Scopes beside the one that all reads need: they belong to writes, and a write is not tried. */
const writeScopes = [
  ...new Set(Object.values(operations).flatMap(({ scope }) => (scope === null || scope === readScope ? [] : scope))),
];

const mendFor = (scope: string): string =>
  `Add the scope ${scope} to the refresh token (npm run connect -- cloudspend --flow enhance), or make a new one; its user needs access to the data.`;

const permissions = (): PermissionProbe[] => [
  {
    permission: readScope,
    neededFor: 'everything that is read',
    mend: mendFor(readScope),
    attempt: async (session) => {
      await session.call({ ...availableRangeRequest(), attemptsMax: 1 });
      return null;
    },
  },
  ...writeScopes.map((scope) => ({
    permission: scope,
    neededFor: 'budgets and anomaly checks that are created',
    mend: mendFor(scope),
  })),
];

export const probesFor = (dataCenter: string): Probes => ({
  dataCentre: {
    name: dataCenter,
    mend: 'Set CLOUDSPEND_DATA_CENTER (dataCenter) to the data centre in the address of the CloudSpend pages, such as eu for site24x7.eu. Tokens of another one are not accepted.',
  },
  permissions,
});
