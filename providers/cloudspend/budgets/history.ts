import type { BudgetHistory, Session } from '../../../src/vendor/kit/index.ts';
import { readPart } from '../partial.ts';
import { firedAlertsOf, spansOf } from './normalise.ts';
import { budgetHistoryRequest, budgetInfoRequest } from './requests.ts';

export const history = async (session: Session, nativeId: string): Promise<BudgetHistory> => {
  const spans = spansOf((await session.call(budgetHistoryRequest(nativeId))).json, nativeId, session.today());
  const alerts = await readPart(`budget_info ${nativeId}`, async () =>
    firedAlertsOf((await session.call(budgetInfoRequest(nativeId))).json, nativeId),
  );
  return { ...spans, faults: [...spans.faults, ...alerts.faults], alerts: alerts.items };
};
