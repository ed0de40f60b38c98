/**
 * Forecasts, anomalies and root causes of daily costs, without input or output.
 *
 * A forecast is the series without outliers, split into a weekly profile, a damped trend and effects of days of the
 * month; its interval comes from its own errors in the weeks before. An anomaly is a day outside a band around the
 * cost expected for its weekday. `npm run bench:forecast` and `npm run bench:anomalies` compare both with other methods.
 */
export { type AnomalyInput, type DetectedAnomaly, detectAnomalies } from './anomalies.ts';
export { type Forecast, type ForecastPoint, forecastSeries } from './forecast.ts';
export { type Contribution, rankContributions } from './root-causes.ts';
