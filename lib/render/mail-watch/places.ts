/** What looks after the queues of a pair in containers. */
export const WATCH_PROGRAM = '/usr/local/sbin/tandem-mail-watch';

/** Its name where a container is asked for units. */
export const WATCH_UNIT = 'tandem-mail-watch.service';

/** What it notes of both servers: a line for each, with its name, a word and the second since which it is so. */
export const WATCH_STATE = '/run/tandem/mail-watch';
