import type { ConstructPath } from '../../topology/units';
import { groupUsage } from '../shell/fragments';
import { printScript } from '../shell/script';

/** The resource script that stands last in a line of haresources, as `tandem-monitor::<group>`. */
export function resourceScript(source: ConstructPath): string {
  return printScript({ source, variables: [], body: BODY });
}

// Heartbeat finds out whether it owns a resource by the word `running` in the answer to `status`.
const BODY = `PATH=$PATH:/usr/sbin:/sbin
export PATH

${groupUsage('tandem-monitor')}unit=tandem-monitor@$1.service

case \${2-} in
  start) systemctl start "$unit" ;;
  stop) systemctl stop "$unit" ;;
  status)
    if systemctl is-active --quiet "$unit"; then
      echo running
    else
      echo stopped
      exit 3
    fi
    ;;
  *) usage ;;
esac
`;
