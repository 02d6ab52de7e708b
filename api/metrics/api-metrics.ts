import type { RequestHandler } from 'express';
import { Counter, Histogram } from 'prom-client';
import type { Registry } from '../../platform/metrics/registry';
import { API_PROBLEM_CODES, API_PROBLEMS } from '../problem-types/index';
import { addBacklogMetrics } from './backlog-metrics';
import type { BacklogDeps } from './backlog-metrics';

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BYTES = [1e3, 1e4, 1e5, 5e5, 1e6, 2e6, 5e6, 1e7, 5e7, 2.5e8];
/** The statuses of faults of ours, and the methods of the routes. */
const FAULTS = [...new Set(Object.values(API_PROBLEMS).map(({ status }) => status))].filter((status) => status >= 500);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export interface ApiMetrics {
  /** Measures each request. */
  measure: RequestHandler;
}

/** The metrics of the API: requests and uploads of this process, and the backlog of the installation. */
export function createApiMetrics(registry: Registry, backlog: BacklogDeps): ApiMetrics {
  const registers = [registry];
  const requests = new Histogram({
    name: 'client_import_http_request_seconds',
    help: 'Time to answer a request, by method and status.',
    labelNames: ['method', 'status'],
    buckets: SECONDS,
    registers,
  });
  const uploads = new Histogram({
    name: 'client_import_upload_bytes',
    help: 'Size of the body of each accepted upload, by the length that its head declares.',
    buckets: BYTES,
    registers,
  });
  const problems = new Counter({
    name: 'client_import_http_problems_total',
    help: 'Requests answered with a problem, by its code.',
    labelNames: ['code'],
    registers,
  });
  // Prometheus sees no increase where a series begins with its first event, so each that tells of a fault is there from the start.
  for (const method of METHODS) for (const status of FAULTS) requests.zero({ method, status });
  for (const code of API_PROBLEM_CODES) problems.inc({ code }, 0);
  addBacklogMetrics(registry, backlog);
  return {
    measure(request, response, next) {
      const startedAt = performance.now();
      response.once('finish', () => {
        const { statusCode: status } = response;
        requests.observe({ method: request.method, status }, (performance.now() - startedAt) / 1000);
        if (request.problemCode) problems.inc({ code: request.problemCode });
        const bytes = Number(request.headers['content-length']);
        if (status === 202 && request.is('multipart/form-data') && bytes > 0) uploads.observe(bytes);
      });
      next();
    },
  };
}
