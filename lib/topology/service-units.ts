import type { ServiceFacts } from './service';

/**
 * The units that hold the processes of a service. Debian starts PostgreSQL and Postfix through a unit that does nothing
 * but pull in an instance per cluster or queue; a signal to that unit reaches no process.
 */
export function processUnits(service: ServiceFacts): readonly string[] {
  if (service.settings.kind === 'postgresql' && service.unit === 'postgresql.service')
    return [`postgresql@${service.settings.version}-main.service`];
  if (service.settings.kind === 'postfix' && service.unit === 'postfix.service') return ['postfix@-.service'];
  return [service.unit];
}

/** Every unit of a service: the one that is started, and those that hold its processes. */
export function unitsOf(service: ServiceFacts): readonly string[] {
  return [...new Set([service.unit, ...processUnits(service)])];
}
