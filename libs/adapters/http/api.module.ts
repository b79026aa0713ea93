import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { sha256 } from '#adapters/runtime';
import { sha256Token } from '#deletion-audit/audit';
import { Port } from '#event-sourcing';
import { CommandApiModule } from './commands/command-api.module.js';
import { createLedgerPositions } from './conventions/ledger-position.js';
import type { HttpApiOptions } from './http-api-options.js';
import { HttpPort } from './http-ports.js';
import type { HttpPorts } from './http-ports.js';
import type { Metrics } from './operations/metrics.js';
import { OperationsController } from './operations/operations.controller.js';
import { QueryApiModule } from './queries/query-api.module.js';

/** Puts the sides that a process serves together with the ports that they work on. */
@Module({})
export class ApiModule {
  static serving(
    { ports, storeEpoch, commands, queries, health, logger }: HttpApiOptions,
    metrics: Metrics,
  ): DynamicModule {
    const given: Provider[] = [
      ...(Object.keys(ports) as (keyof HttpPorts)[]).map((name) => ({ provide: Port[name], useValue: ports[name] })),
      { provide: HttpPort.Positions, useValue: createLedgerPositions(storeEpoch) },
      { provide: HttpPort.HealthParts, useValue: health },
      { provide: HttpPort.Metrics, useValue: metrics },
      { provide: HttpPort.Logger, useValue: logger },
      { provide: sha256Token, useValue: sha256 },
    ];
    return {
      module: ApiModule,
      global: true,
      imports: [...(commands ? [CommandApiModule] : []), ...(queries ? [QueryApiModule] : [])],
      controllers: [OperationsController],
      providers: given,
      exports: given,
    };
  }
}
