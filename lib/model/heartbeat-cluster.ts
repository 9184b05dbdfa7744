import { clusterFacts, type ClusterProps } from './cluster-facts';
import type { Deployment } from './deployment';
import { Entity } from './entity';
import type { Host } from './host';
import { ResourceGroup, type ResourceGroupProps } from './resource-group';
import type { TopologyParts } from './topology-parts';
import { Duration } from './values/duration';
import { parsePort, parseWholeNumber } from './values/number';
import { SecretRef } from './values/secret-ref';
import { parsePattern, parseText } from './values/text';

/** Properties of a `HeartbeatCluster`. */
export interface HeartbeatClusterProps extends ClusterProps {
  /** The two nodes, in the order of ha.cf. */
  readonly hosts: readonly [Host, Host];
}

/** Two nodes under Heartbeat in haresources mode (X1, X20, X27). */
export class HeartbeatCluster extends Entity {
  private readonly groups: ResourceGroup[] = [];

  /** @throws ModelError `cluster/nodes`, `value/number`, `value/text` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: HeartbeatClusterProps,
  ) {
    super(scope, name);
    if (props.hosts.length !== 2 || props.hosts[0] === props.hosts[1]) {
      const given = props.hosts.map((host) => host.name).join(', ');
      throw this.wrong(
        'cluster/nodes',
        'hosts: haresources works with exactly two different nodes',
        given,
        'name two hosts',
      );
    }
    this.choice('standby', props.standby, ['cold', 'hot']);
    this.choice('autoFailback', props.autoFailback, ['on', 'off', 'legacy']);
    this.choice('authenticationMethod', props.authenticationMethod, ['sha1', 'md5', 'crc']);
    this.instances(Duration, { ...props.timing, fencingDelay: props.fencingDelay });
    this.instances(SecretRef, { authenticationKey: props.authenticationKey });
    this.optional('udpPort', props.udpPort, parsePort);
    if (props.monitoring) {
      const { interval, timeout } = props.monitoring;
      this.instances(Duration, { interval, timeout });
      this.optional('restartsBeforeSwitch', props.monitoring.restartsBeforeSwitch, (n) => parseWholeNumber(n, 0, 1000));
    }
    for (const directive of props.extraDirectives ?? []) {
      this.given('extraDirectives', () => {
        parsePattern(
          directive.name,
          /^[a-z][a-z0-9_]*$/,
          'cluster/directive',
          'a directive must be a word of ha.cf(5)',
        );
        parseText(directive.value);
      });
    }
  }

  /**
   * Adds what runs together on one node.
   * @throws ModelError `cluster/preferred-node`, `value/name`
   */
  addGroup(name: string, props: ResourceGroupProps): ResourceGroup {
    const group = new ResourceGroup(this, name, this.props.hosts, props);
    this.groups.push(group);
    return group;
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.clusters.push(clusterFacts(parts, this, this.props, this.groups));
  }
}
