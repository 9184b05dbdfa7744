import type { DrbdPeerFacts, DrbdResourceFacts } from '../../topology/drbd';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import { FormatError } from '../format-error';
import { authenticationOptions, extra, given, netOptions, startupOptions } from './options';
import { option, quoted, raw, section, type DrbdItem, type DrbdSection } from './syntax';
import { addressValues, deviceValue, metaDiskValues, nameValue, rateValue } from './values';

/** A resource in the words of DRBD 0.7 (X22-X25): no common section, one volume, its own keyword for a broken primary. */
export function buildResource07(topology: Topology, resource: DrbdResourceFacts): DrbdSection {
  refuseLaterKeywords(resource);
  const { disk, net } = resource;
  return section(
    'resource',
    [nameValue(resource.name)],
    [
      ...given('protocol', resource.protocol, raw),
      ...given('incon-degr-cmd', resource.inconDegrCmd, quoted),
      section('startup', [], startupOptions(resource)),
      section('disk', [], [...given('on-io-error', disk.onIoError, raw), ...extra(disk.extraOptions)]),
      section(
        'net',
        [],
        [...netOptions(resource, 'k'), ...given('on-disconnect', net.onDisconnect, raw), ...extra(net.extraOptions)],
      ),
      section(
        'syncer',
        [],
        [
          ...given('rate', disk.resyncRate, (rate) => rateValue('rate', rate)),
          ...given('group', disk.resyncGroup, raw),
          ...given('al-extents', disk.alExtents, raw),
        ],
      ),
      ...resource.peers.map((peer) => onHost(topology, resource, peer)),
    ],
  );
}

function onHost(topology: Topology, resource: DrbdResourceFacts, peer: DrbdPeerFacts): DrbdItem {
  const disk = resource.volumes[0]?.disks.find((candidate) => candidate.host === peer.host);
  return section(
    'on',
    [nameValue(lookup(topology).host(peer.host).name)],
    [
      ...given('device', resource.volumes[0]?.device, deviceValue),
      ...given('disk', disk?.disk, deviceValue),
      option('address', ...addressValues(peer.address, peer.port)),
      ...(disk ? [option('meta-disk', ...metaDiskValues(disk.metaDisk))] : []),
    ],
  );
}

/** What 0.7 has no words for must not get lost without a sound. */
function refuseLaterKeywords(resource: DrbdResourceFacts): void {
  const { startup, disk, net } = resource;
  const later = [
    resource.volumes.length > 1 && 'several volumes',
    resource.fencing !== undefined && 'fencing',
    resource.handlers.length > 0 && 'handlers',
    startup.outdatedWfcTimeout !== undefined && 'outdated-wfc-timeout',
    disk.resyncAfter !== undefined && 'resync-after (0.7 has resync groups)',
    net.pingTimeout !== undefined && 'ping-timeout',
    authenticationOptions(resource).length > 0 && 'authentication of peers',
  ].find((word) => word !== false);
  if (later !== undefined)
    throw new FormatError(
      {
        format: 'drbd.conf',
        what: `DRBD 0.7 of resource '${resource.name}'`,
        problem: `does not know ${later}`,
        remedy: 'leave it out or use a later DRBD',
      },
      resource.path,
    );
}
