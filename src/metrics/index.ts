// Metrics.
export * from './classes.ts';
export { check, get, type MetricFunction, type MetricIdentifier, type MetricName, resolve, serialize } from './get.ts';
export { MeanMetric } from './mean.ts';
export { Metric, type MetricOptions } from './metric.ts';
