import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

const services = { ldif: 'openldap', sql: 'postgresql' } as const;

/** X11, X12: slapcat dumps a directory, pg_dumpall a database. */
export const backupKind: Rule = {
  id: 'backup/kind',
  severity: 'error',
  requirements: ['X11', 'X12'],
  title: 'A backup of kind ldif is of an OpenLDAP service, one of kind sql of PostgreSQL.',
  rationale: 'The dump program of one cannot read the store of the other: no dump is ever written.',
  check: (topology) =>
    topology.backups.flatMap((backup) => {
      const service = lookup(topology).service(backup.service);
      return services[backup.kind] === service.settings.kind
        ? []
        : [
            {
              path: backup.path,
              problem: `a backup of kind ${backup.kind} cannot dump service ${service.name}`,
              value: service.settings.kind,
              remedy: `use it for a service of kind ${services[backup.kind]}`,
              property: 'kind',
            },
          ];
    }),
};
