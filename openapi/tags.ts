/** The tags of the document, in display order. */
export const tags: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'Costs', description: 'What was spent, by any dimension, over any range; summaries and forecasts.' },
  { name: 'Charges', description: 'Line items at the finest grain that each vendor bills, shaped after FOCUS.' },
  {
    name: 'Budgets',
    description: 'Limits, what is left of them, and their alerts; kept by the vendor or by the gateway.',
  },
  { name: 'Anomalies', description: 'Spending that departs from what was expected, and what is being watched for it.' },
  { name: 'Dimensions', description: 'What costs can be grouped and filtered by, and the values that occur.' },
  {
    name: 'Accounts',
    description: 'Accounts, sub-accounts, deployments and projects, and the cost centres over them.',
  },
  { name: 'Recommendations', description: 'How to spend less, as the vendors see it.' },
  { name: 'Exchange rates', description: 'The dated rates with which amounts are converted.' },
  { name: 'Telemetry', description: 'Unit metrics and allocations, validated and sent on.' },
  { name: 'Exports', description: 'Cost of one provider, sent to another in its own format.' },
  { name: 'Changes', description: 'What vendors changed afterwards in days that were already reported.' },
  { name: 'Providers', description: 'Every connection: what it can do, its health, its quotas.' },
  { name: 'Native', description: "The vendors' own operations, behind the same authentication, pacing and cache." },
  { name: 'Gateway', description: 'Health and metrics of the gateway itself.' },
];
