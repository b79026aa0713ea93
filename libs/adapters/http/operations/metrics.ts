import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** How far each projection is behind the log, in seconds; empty where nobody measures. */
export type LagByProjection = () => Readonly<Record<string, number>>;

export type CommandOutcome = 'accepted' | 'repeated' | 'refused' | 'failed';

export interface Metrics {
  requestDone(method: string, route: string, status: number, seconds: number): void;
  commandDone(command: string, outcome: CommandOutcome): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Counters of one API. Labels are routes, statuses and class names: never an id, so their number is bounded. */
export function createMetrics(lag: LagByProjection): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  const commands = new Counter({
    name: 'commands_total',
    help: 'Commands by what became of them',
    labelNames: ['command', 'outcome'] as const,
    registers: [registry],
  });
  new Gauge({
    name: 'projection_lag_seconds',
    help: 'How far the read model is behind the log',
    labelNames: ['projection'] as const,
    registers: [registry],
    collect() {
      for (const [projection, seconds] of Object.entries(lag())) this.set({ projection }, seconds);
    },
  });
  return {
    requestDone: (method, route, status, seconds) => {
      requests.observe({ method, route, status }, seconds);
    },
    commandDone: (command, outcome) => {
      commands.inc({ command, outcome });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
