/** The exports of `cost-gateway/client`. */
export { type ClientOptions, createClient, type GatewayClient } from './client.ts';
export type { components, operations, paths } from './generated.ts';
export { addMoney, compareMoney, formatMoney, type Money, type MoneyFormat, subtractMoney, sumMoney } from './money.ts';
export type { ItemOf, ListOptions, ListPath, PageOf } from './paging.ts';
export { type Problem, ProblemError } from './problem-error.ts';
export type { Timing } from './timing.ts';
