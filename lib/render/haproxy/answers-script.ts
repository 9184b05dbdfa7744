import { KEEPALIVED_TIMES } from '../../topology/balancer-times';
import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import { STATS_SOCKET } from './places';

/** After which HAProxy that does not answer counts as hanging. */
const ANSWER_SECONDS = KEEPALIVED_TIMES.answer / 1000;

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
