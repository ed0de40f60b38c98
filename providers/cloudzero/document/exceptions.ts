/** What the vendor's documents leave open or have wrong. A whole test run fails for one that excuses nothing. */
export const exceptions = [
  {
    name: 'gone-things-are-404',
    reason: "The reference declares no 404; the vendor's Terraform provider takes 404 for a thing that is gone.",
    on: 'answer',
    dialect: 'live',
    statuses: [404],
    rule: 'status',
    at: /^status$/,
  },
  {
    name: 'links-have-a-query-of-their-own',
    reason: 'The description says that `next` is a URL and not what it holds; a link is followed as it stands.',
    on: 'request',
    dialect: 'published',
    operations: ['getBillingCosts'],
    rule: 'undocumented',
    at: /^query\.(cursor|page|page_size)$/,
  },
  {
    name: 'one-budget-expands-by-parts',
    reason: '`expand` takes current, history and burnup one by one; the schema has none of them or all three.',
    on: 'answer',
    dialect: 'live',
    operations: ['getOneBudget'],
    rule: 'undocumented',
    at: /^body\.budget\.(current|history|burnup)$/,
  },
  {
    name: 'lists-refuse-pages',
    reason: 'The description names no status for a page number that is none; writes are refused with 400.',
    on: 'answer',
    dialect: 'published',
    operations: ['getBudgets', 'getInsights'],
    statuses: [400],
    rule: 'status',
    at: /^status$/,
  },
  {
    name: 'dialects-are-told-apart-by-asking',
    reason:
      'Which dialect an organisation speaks is documented nowhere; what is only read may be asked for in the other one first.',
    on: 'accepted',
    operations: ['getBudgets', 'getOneBudget', 'getInsights'],
    rule: 'undocumented',
    at: /^query\.(limit|cursor|expand|page|page_size)$/,
  },
  {
    name: 'views-take-a-minimum-impact',
    reason:
      "The reference does not name `min_cost_impact`; the vendor's Terraform provider sends it, and reads it back.",
    on: 'request',
    dialect: 'live',
    operations: ['createView', 'updateView'],
    rule: 'undocumented',
    at: /^body\.anomalies\.min_cost_impact$/,
  },
  {
    name: 'views-have-a-minimum-impact',
    reason:
      "The reference does not name `min_cost_impact`; the vendor's Terraform provider sends it, and reads it back.",
    on: 'answer',
    dialect: 'live',
    operations: ['getViews', 'getOneView', 'createView', 'updateView'],
    rule: 'undocumented',
    at: /\.anomalies\.min_cost_impact$/,
  },
] as const;
