import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import type { ContainerRole } from './container-role';
import { programOf, PROGRAMS, ROLES_VARIABLE } from './places';

/** Tells Docker, and whoever waits, whether the servers of a container serve. */
export const healthScript = (source: ConstructPath, roles: readonly ContainerRole[]): string =>
  printScript({
    source,
    variables: [],
    body: roles.length === 1 && roles[0] ? bodyOf(roles[0]) : `${USAGE}\n${ALL}\n${MAIN}`,
  });

/** Tells whether the server of one role of several serves. */
export const roleHealthScript = (source: ConstructPath, role: ContainerRole): string =>
  printScript({ source, variables: [], body: bodyOf(role) });

const bodyOf = ({ health }: ContainerRole): string => `${USAGE}\n${health}\n${MAIN}`;

const USAGE = `# Usage: tandem-health [SECONDS]: whether the server answers and every database is open; waits so long for it.
seconds=\${1:-0}
fault=
`;

const ALL = `serves() {
  for role in \${${ROLES_VARIABLE}:?}; do
    if ! fault=$("${programOf('$role', PROGRAMS.health)}"); then
      fault=\${fault#tandem-health: }
      return 1
    fi
  done
}
`;

const MAIN = `end=$(($(date +%s) + seconds))
until serves; do
  if [ "$(date +%s)" -ge "$end" ]; then
    echo "tandem-health: $fault"
    exit 1
  fi
  sleep 0.2
done
`;
