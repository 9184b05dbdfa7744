import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import type { ContainerEngine } from './engine';

/** Tells Docker, and whoever waits, whether the server of a container serves. */
export function healthScript(source: ConstructPath, { health }: ContainerEngine): string {
  return printScript({ source, variables: [], body: `${USAGE}\n${health}\n${MAIN}` });
}

const USAGE = `# Usage: tandem-health [SECONDS]: whether the server answers and every database is open; waits so long for it.
seconds=\${1:-0}
fault=
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
