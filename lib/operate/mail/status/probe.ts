import { QUEUE_PROGRAM } from '../../../topology/mail-instances';
import { shellWord } from '../../../topology/shell-word';
import { sectionCommand } from '../../status/sections';
import type { MailQuestions } from './questions';

/** What watches the servers of a pair in containers writes down how it sees them. */
export const WATCH_FILE = '/run/tandem/mail-watch';

/** Seconds for a program that reads a queue. */
const QUEUE_SECONDS = 8;

/** Seconds for a greeting; the kernel opens connections for a process that hangs. */
const GREETING_SECONDS = 5;

/** The kernel takes connections for a process that stands still; only the process itself can greet. */
const GREETING =
  'exec 3<>"/dev/tcp/$2/$3" && IFS= read -r line <&3 && printf "%s %s\\n" "$1" "${line%%[- ]*}" && printf "QUIT\\r\\n" >&3';

/** The lines of the script that looks at a host which are about mail servers. They only read. */
export function mailProbe({ queues, greetings }: MailQuestions): readonly string[] {
  if (greetings.length === 0) return [];
  return [
    ...queues.flatMap((server) => [
      sectionCommand(`mail-queue ${server}`),
      `timeout ${QUEUE_SECONDS} ${QUEUE_PROGRAM} show ${shellWord(server)}`,
    ]),
    sectionCommand('mail-greetings'),
    // All at once: those that hang cost the time of one.
    ...greetings.map(
      ({ server, address, port }) =>
        `timeout ${GREETING_SECONDS} bash -c ${shellWord(GREETING)} bash ${shellWord(server)} ${shellWord(address)} ${port} &`,
    ),
    'wait',
    sectionCommand('mail-watch'),
    `cat ${WATCH_FILE}`,
  ];
}
