import type { BalancedServiceFacts, HealthCheckKind } from '../topology/load-balancer';
import type { Directory } from './directory';
import type { MailPair } from './mail-pair';
import { parseHealthCheck, type HealthCheckProps } from './values/health-check';
import { parsePort } from './values/number';

/** Properties of a service behind a load balancer. */
export interface BalancedServiceProps {
  /** Port that clients use. @default - 25 for mail, 389 for reads and 3389 for writes of a directory */
  readonly port?: number;
  /** @default - see `HealthCheckProps` */
  readonly healthCheck?: HealthCheckProps;
}

/** One service behind a load balancer. */
export class BalancedService {
  /** Mail to all servers of some pairs, in equal shares (S3). */
  static mail(pairs: readonly MailPair[], props: BalancedServiceProps = {}): BalancedService {
    return new BalancedService(() => ({
      kind: 'mail',
      pairs: pairs.map((pair) => pair.entityId),
      ...parseProps(props, 25, ['smtp', 'connect']),
    }));
  }

  /** Reads of a directory, to all of its servers (S5). */
  static directoryReads(directory: Directory, props: BalancedServiceProps = {}): BalancedService {
    return new BalancedService(() => ({
      kind: 'directory-reads',
      directory: directory.entityId,
      ...parseProps(props, 389, ['ldap', 'connect']),
    }));
  }

  /** Writes of a directory, to the server that takes them (S6, S7). */
  static directoryWrites(directory: Directory, props: BalancedServiceProps = {}): BalancedService {
    return new BalancedService(() => ({
      kind: 'directory-writes',
      directory: directory.entityId,
      ...parseProps(props, 3389, ['ldap-role', 'ldap', 'connect']),
    }));
  }

  private constructor(
    /**
     * What was given, parsed.
     * @throws ValueError `value/number`, `value/choice`, `value/type`
     * @internal
     */
    readonly facts: () => BalancedServiceFacts,
  ) {}
}

const parseProps = (
  { port, healthCheck = {} }: BalancedServiceProps,
  usual: number,
  kinds: readonly HealthCheckKind[],
): Pick<BalancedServiceFacts, 'port' | 'healthCheck'> => ({
  port: parsePort(port ?? usual),
  healthCheck: parseHealthCheck(healthCheck, kinds),
});
