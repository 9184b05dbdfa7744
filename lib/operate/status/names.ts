import type { ResourceGroupFacts } from '../../topology/cluster';
import type { ServiceFacts } from '../../topology/service';

/**
 * The units that hold the processes of a service. Debian starts PostgreSQL and Postfix through a unit that does nothing
 * but pull in an instance, and stays active when that has died.
 */
export function processUnits(service: ServiceFacts): readonly string[] {
  if (service.settings.kind === 'postgresql' && service.unit === 'postgresql.service')
    return [`postgresql@${service.settings.version}-main.service`];
  if (service.settings.kind === 'postfix' && service.unit === 'postfix.service') return ['postfix@-.service'];
  return [service.unit];
}

/** The unit that watches the services of a group (E15). */
export function monitorUnit(group: ResourceGroupFacts): string {
  return `tandem-monitor@${group.name}.service`;
}

/** The units of a backup: what dumps, and what starts it at its times. */
export function backupUnits(backup: string): { readonly service: string; readonly timer: string } {
  return { service: `tandem-backup-${backup}.service`, timer: `tandem-backup-${backup}.timer` };
}
