import { plainName } from '../pattern';

/** What haresources calls the resource script that starts and stops a group, as `tandem-group::<group>`. */
export const GROUP_RESOURCE = 'tandem-group';

export const GROUP_SCRIPT = `/etc/ha.d/resource.d/${GROUP_RESOURCE}`;

/** The folder of what the resource script knows of each group. */
export const GROUP_CONFIGURATIONS = '/etc/tandem/group';

/** What the resource script knows of one group, for instance `/etc/tandem/group/groupware.conf`. */
export function groupConfiguration(group: string): string {
  return `${GROUP_CONFIGURATIONS}/${plainName('tandem-group', 'the name of a resource group', group)}.conf`;
}
