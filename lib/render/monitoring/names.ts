import { monitorUnitOf } from '../../topology/host-commands';
import { plainName } from '../pattern';

/** The unit that watches one group, for instance `tandem-monitor@groupware.service`. */
export function monitorUnit(group: string): string {
  return monitorUnitOf(groupName(group));
}

/** The services of one group and how they are probed, for instance `/etc/tandem/monitor/groupware.conf`. */
export function monitorConfiguration(group: string): string {
  return `/etc/tandem/monitor/${groupName(group)}.conf`;
}

function groupName(group: string): string {
  return plainName('systemd.unit', 'the name of a resource group', group);
}
