import type { HeartbeatClusterFacts, LinkFacts, FencingDeviceFacts, TimingFacts } from '../../topology/cluster';
import { stonithPlugins } from '../../topology/stonith-plugins';
import type { EntityId } from '../../topology/units';
import { call, element, list, object, property, text, type Code } from './code';
import { addGroup } from './groups';
import { networkOfLink } from './hosts';
import type { StackParts } from './stack-parts';

/** Directives that Tandem writes itself, the same for all clusters. */
const WRITTEN: ReadonlySet<string> = new Set(['logfile', 'debugfile', 'logfacility', 'use_logd']);

/** Adds fencing devices, the cluster and its groups. */
export function addCluster(parts: StackParts, cluster: HeartbeatClusterFacts): void {
  if (cluster.nodes.length !== 2) {
    parts.left.push(`the cluster: it has ${cluster.nodes.length} nodes, the model has clusters of two`);
    return;
  }
  for (const device of parts.topology.fencingDevices) addFencing(parts, device);
  const fencing = cluster.fencing.flatMap((id) => parts.constantOf('fencing', id) ?? []);
  for (const { name, value } of cluster.extraDirectives)
    if (WRITTEN.has(name)) parts.left.push(`ha.cf, ${name} ${value}: Tandem logs to /var/log/ha-log and rotates it`);
  const { authentication } = cluster;
  parts.add(
    'const cluster = ',
    call(
      `new ${parts.use('HeartbeatCluster')}`,
      'this',
      text('heartbeat'),
      object(
        property('hosts', list(cluster.nodes.map((node) => element(hostOf(parts, node))))),
        property('links', list(cluster.links.map((link) => element(linkCode(parts, link))))),
        property('fencing', fencing.length > 0 ? list(fencing.map((device) => element(device))) : undefined),
        property('timing', timingCode(parts, cluster.timing)),
        property('standby', cluster.standby === 'hot' ? text('hot') : undefined),
        property('autoFailback', cluster.autoFailback === 'off' ? undefined : text(cluster.autoFailback)),
        property('udpPort', cluster.udpPort === 694 ? undefined : String(cluster.udpPort)),
        property(
          'authenticationMethod',
          authentication && authentication.method !== 'sha1' ? text(authentication.method) : undefined,
        ),
        property(
          'authenticationKey',
          authentication?.secret === undefined ? undefined : parts.secret(authentication.secret),
        ),
        cluster.monitoring
          ? []
          : property('monitoring', 'false', 'as in the files; without this line services are watched (E15)'),
        cluster.fencingDelay === 5_000 ? [] : property('fencingDelay', parts.duration(cluster.fencingDelay)),
        cluster.startsAlone
          ? property('startsAlone', 'true', 'as in the files; without this line a node waits for its peer at boot (X4)')
          : [],
        property('dopd', String(cluster.dopd)),
        property('extraDirectives', directivesCode(cluster)),
      ),
    ),
  );
  for (const group of cluster.groups) addGroup(parts, cluster, group);
}

const hostOf = (parts: StackParts, host: EntityId): string => parts.constantOf('host', host) ?? '';

function linkCode(parts: StackParts, link: LinkFacts): Code {
  if (link.kind === 'serial')
    return call(
      parts.use('serial'),
      text(link.ends[0]?.device ?? ''),
      link.baud === 19200 ? undefined : String(link.baud),
    );
  const network = parts.constantOf('network', networkOfLink(link)) ?? '';
  if (link.kind === 'ucast') return network;
  if (link.kind === 'bcast') return call(parts.use('bcast'), network);
  const { group = '', port = 694, ttl = 1, loop = 0 } = link.multicast ?? {};
  return call(parts.use('mcast'), network, text(group), String(port), String(ttl), String(loop));
}

function timingCode(parts: StackParts, timing: TimingFacts): Code | undefined {
  return object(
    ...(['keepalive', 'warntime', 'deadtime', 'initdead'] as const).map((name) => {
      const time = timing[name];
      return property(name, time === undefined ? undefined : parts.duration(Math.round(time)));
    }),
  );
}

function directivesCode({ extraDirectives }: HeartbeatClusterFacts): Code | undefined {
  const kept = extraDirectives.filter(({ name }) => !WRITTEN.has(name));
  if (kept.length === 0) return undefined;
  return list(
    kept.map(({ name, value }) =>
      element(object(property('name', text(name)), property('value', text(value))) ?? '{}'),
    ),
  );
}

function addFencing(parts: StackParts, device: FencingDeviceFacts): void {
  if (device.parameters.some((parameter) => parameter.name === 'configuration')) {
    parts.left.push(`stonith ${device.plugin}: the model has the form 'stonith_host'; give it the values of the file`);
    return;
  }
  const order = stonithPlugins[device.plugin];
  const surplus = device.parameters.filter((parameter) => order && !order.includes(parameter.name));
  if (surplus.length > 0)
    parts.left.push(`stonith_host ${device.plugin}: ${surplus.length} values more than ${order?.join(', ')}`);
  const fences = device.fences.length > 0 ? device.fences : (parts.topology.clusters[0]?.nodes ?? []);
  const constant = parts.constants.give(device.name.replace('-', ''));
  parts.define(
    'fencing',
    device.id,
    constant,
    call(
      `new ${parts.use('FencingDevice')}`,
      'site',
      text(device.name),
      object(
        property('plugin', text(device.plugin)),
        property(
          'fences',
          list(fences.map((host) => element(hostOf(parts, host)))),
          ...(device.fences.length > 0 ? [] : ['which nodes it resets is in none of the files']),
        ),
        property('from', device.from === undefined ? undefined : hostOf(parts, device.from)),
        property(
          'parameters',
          object(
            ...device.parameters
              .filter((parameter) => !surplus.includes(parameter))
              .map((parameter) =>
                property(
                  parameter.name,
                  'secret' in parameter ? parts.secret(parameter.secret) : text(parameter.value),
                ),
              ),
          ) ?? '{}',
        ),
      ),
    ),
  );
}
