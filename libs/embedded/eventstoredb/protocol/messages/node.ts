import type { Uint64 } from './codec.js';
import { message } from './codec.js';
import type { UuidMessage } from './shared.js';
import { uuid } from './shared.js';

export interface SupportedMethods {
  methods: { methodName: string; serviceName: string; features: string[] }[];
  eventStoreServerVersion: string;
}

export interface ClusterInfo {
  members: {
    instanceId: UuidMessage;
    /** Ticks of 100 ns since 1970. */
    timeStamp: Uint64;
    state: number;
    isAlive: boolean;
    httpEndPoint: { address: string; port: number };
  }[];
}

export interface StopScavengeRequest {
  options?: { scavengeId?: string };
}

export interface ScavengeResponse {
  scavengeId: string;
  /** 0 started, 1 in progress, 2 stopped */
  scavengeResult: number;
}

const supportedMethod = message('SupportedMethod', {
  methodName: [1, 'string'],
  serviceName: [2, 'string'],
  features: [3, 'string', 'repeated'],
});
const endPoint = message('EndPoint', { address: [1, 'string'], port: [2, 'uint32'] });
const memberInfo = message('MemberInfo', {
  instanceId: [1, uuid],
  timeStamp: [2, 'int64'],
  state: [3, 'int32'],
  isAlive: [4, 'bool'],
  httpEndPoint: [5, endPoint],
});
const stopScavengeOptions = message('StopScavengeOptions', { scavengeId: [1, 'string'] });

export const supportedMethods = message<SupportedMethods>('SupportedMethods', {
  methods: [1, supportedMethod, 'repeated'],
  eventStoreServerVersion: [2, 'string'],
});
export const clusterInfo = message<ClusterInfo>('ClusterInfo', { members: [1, memberInfo, 'repeated'] });
export const stopScavengeRequest = message<StopScavengeRequest>('StopScavengeReq', {
  options: [1, stopScavengeOptions],
});
export const scavengeResponse = message<ScavengeResponse>('ScavengeResp', {
  scavengeId: [1, 'string'],
  scavengeResult: [2, 'int32'],
});
