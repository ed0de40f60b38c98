import { addDays, type Day, dayOfInstant } from '../../src/domain/day.ts';
import type { Session } from '../../src/vendor/kit/index.ts';
import { type InstancesReading, readInstances } from './normalise.ts';
import { instanceCostsRequest } from './requests.ts';

const dayMs = 24 * 3_600_000;

/** A range of days that is read as one aggregate. Paths of faults begin with `where`. */
export interface Window {
  readonly start: Day;
  readonly end: Day;
  readonly where: string;
}

/** Charges appear up to a day late: the last day that ended at least 24 hours ago. */
export const lastCompleteDay = (session: Session): Day => addDays(dayOfInstant(session.now() - dayMs), -1);

export const readWindow = async (
  session: Session,
  organizationId: string,
  { start, end, where }: Window,
  withNames: boolean,
): Promise<InstancesReading> => {
  const request = instanceCostsRequest(organizationId, { start, end }, session.now(), withNames);
  return readInstances((await session.call(request)).json, where, session.turns());
};
