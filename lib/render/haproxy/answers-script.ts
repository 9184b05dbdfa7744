import { STATS_SOCKET } from '../../topology/balancer-names';
import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';

/** Seconds after which HAProxy that does not answer counts as hanging. */
export const ANSWER_SECONDS = 1;

/** Asks HAProxy itself: the kernel opens connections for a process that is stopped too. */
export const answersScript = (source: ConstructPath): string =>
  printScript({
    source,
    variables: [],
    body: `answer=$(printf 'show info\\n' | timeout -k 1 ${ANSWER_SECONDS} socat -t ${ANSWER_SECONDS} - UNIX-CONNECT:${STATS_SOCKET} 2>/dev/null) || exit 1
case $answer in
  'Name: HAProxy'*) exit 0 ;;
esac
exit 1
`,
  });
