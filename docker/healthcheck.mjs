// Healthy when the process answers; readiness (are the stores there?) is the orchestrator's question, at /health/ready.
const response = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health/live`).catch(() => undefined);
process.exit(response?.ok ? 0 : 1);
