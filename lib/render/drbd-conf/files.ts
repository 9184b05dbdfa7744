import type { DrbdVersion } from '../../topology/drbd';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { sortedUnique } from '../../topology/order';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { build } from './build';
import { print } from './print';

// Where the module was not loaded nothing runs that could be adjusted, and provisioning or the next boot reads this file.
// A resource without metadata is not set up yet, or its disk was replaced: that is not this file's business. On a new
// node no resource has any, which one call says; it goes on after a resource without.
const ADJUST =
  'if [ ! -e /proc/drbd ]; then modprobe drbd; elif drbdadm get-gi all 2>/dev/null | grep -q :; then ' +
  'for resource in $(drbdadm sh-resources); do ' +
  'if drbdadm get-gi "$resource" >/dev/null 2>&1; then drbdadm adjust "$resource" || exit 1; fi; done; fi';

// dopd runs as hacluster and needs root's rights for these two; drbdadm itself asks for it in a warning at every call.
const OUTDATER_PROGRAMS: Readonly<Record<DrbdVersion, readonly string[]>> = {
  '0.7': [],
  '8.4': ['/lib/drbd/drbdsetup-84', '/usr/sbin/drbdmeta'],
  '9': ['/usr/sbin/drbdsetup', '/usr/sbin/drbdmeta'],
};

function letOutdaterWork(version: DrbdVersion): string {
  return (
    `known=$(dpkg-statoverride --list); for program in ${OUTDATER_PROGRAMS[version].join(' ')}; do ` +
    'case "$known " in *" $program"[[:space:]]*) ;; ' +
    '*) dpkg-statoverride --add --update root haclient 4750 "$program" || exit 1 ;; esac; done'
  );
}

/**
 * drbd.conf of a host. With a shared secret only root reads it, and on nodes of a cluster the group of the peer
 * outdater: it runs `drbdadm outdate` as user hacluster, and drbdadm reads the file with the rights of its caller.
 */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const facts = lookup(topology);
  const resources = facts.drbdResourcesOf(host);
  const [first] = resources;
  if (!first) return [];
  const source = resources.length === 1 ? first.path : topology.path;
  const secrets = sortedUnique(resources.flatMap((resource) => resource.net.sharedSecret ?? []));
  const outdater = facts.clustersOf(host).some((cluster) => cluster.dopd);
  return [
    {
      path: '/etc/drbd.conf',
      content: FormatError.naming(source, () => headerComment(source) + print(build(topology, host))),
      mode: secrets.length === 0 ? '0644' : outdater ? '0640' : '0600',
      owner: 'root',
      group: secrets.length > 0 && outdater ? 'haclient' : 'root',
      secrets,
      source,
      checker: 'drbdadm',
      activation: { kind: 'command', command: outdater ? `${letOutdaterWork(first.version)}; ${ADJUST}` : ADJUST },
    },
  ];
}
