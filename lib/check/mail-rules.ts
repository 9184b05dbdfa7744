import type { Rule } from './rule';
import { addressInterface } from './rules/balancer/address-interface';
import { commonFailureDomain as balancerCommonFailureDomain } from './rules/balancer/common-failure-domain';
import { directRouting } from './rules/balancer/direct-routing';
import { hang } from './rules/balancer/hang';
import { healthCheck } from './rules/balancer/health-check';
import { roleAware } from './rules/balancer/role-aware';
import { single } from './rules/balancer/single';
import { trustedClients } from './rules/balancer/trusted-clients';
import { uniquePort } from './rules/balancer/unique-port';
import { uniqueRouterId } from './rules/balancer/unique-router-id';
import { mailDomain } from './rules/dns/mail-domain';
import { exchangerLimit } from './rules/dns/exchanger-limit';
import { mailOrder } from './rules/dns/mail-order';
import { capacity as mailCapacity } from './rules/mail/capacity';
import { capacityKnown } from './rules/mail/capacity-known';
import { commonFailureDomain as mailCommonFailureDomain } from './rules/mail/common-failure-domain';
import { directoryLookup } from './rules/mail/directory-lookup';
import { farmDomains } from './rules/mail/farm-domains';
import { fencing } from './rules/mail/fencing';
import { heartbeatPaths } from './rules/mail/heartbeat-paths';
import { nextHop } from './rules/mail/next-hop';
import { onePair } from './rules/mail/one-pair';
import { onePerHost } from './rules/mail/one-per-host';
import { oneSite } from './rules/mail/one-site';
import { operatorTakeover } from './rules/mail/operator-takeover';
import { queueLifetime } from './rules/mail/queue-lifetime';
import { queuePerServer } from './rules/mail/queue-per-server';
import { queueReachable } from './rules/mail/queue-reachable';
import { queueDirectory } from './rules/mail/queue-directory';
import { takeoverWhileAlive } from './rules/mail/takeover-while-alive';
import { balancer } from './rules/recovery/balancer';
import { capacity as recoveryCapacity } from './rules/recovery/capacity';
import { decision } from './rules/recovery/decision';
import { directory } from './rules/recovery/directory';
import { directoryMaster } from './rules/recovery/directory-master';
import { nameServer } from './rules/recovery/name-server';
import { onSite } from './rules/recovery/on-site';
import { queue } from './rules/recovery/queue';
import { secrets } from './rules/recovery/secrets';
import { twoMasters } from './rules/recovery/two-masters';

/** Rules of mail pairs, load balancers and disaster-recovery sites. */
export const mailRules: readonly Rule[] = [
  mailCapacity,
  capacityKnown,
  queueReachable,
  queuePerServer,
  queueDirectory,
  fencing,
  takeoverWhileAlive,
  operatorTakeover,
  heartbeatPaths,
  onePerHost,
  onePair,
  mailCommonFailureDomain,
  oneSite,
  queueLifetime,
  directoryLookup,
  nextHop,
  farmDomains,
  single,
  healthCheck,
  roleAware,
  balancerCommonFailureDomain,
  hang,
  addressInterface,
  uniqueRouterId,
  uniquePort,
  directRouting,
  trustedClients,
  mailDomain,
  mailOrder,
  exchangerLimit,
  onSite,
  directory,
  directoryMaster,
  twoMasters,
  queue,
  balancer,
  nameServer,
  secrets,
  decision,
  recoveryCapacity,
];
