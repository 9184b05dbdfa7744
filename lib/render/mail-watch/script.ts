import type { MailPairFacts, MailServerFacts } from '../../topology/mail';
import { QUEUE_PROGRAM } from '../../topology/mail-instances';
import { MAIL_WATCH_TIMES } from '../../topology/mail-watch-times';
import { sortedUnique } from '../../topology/order';
import { plainName } from '../pattern';
import { directory } from '../postfix/words';
import type { ShellScript } from '../shell/script';
import { WATCH_STATE } from './places';
import { WATCH } from './watch';

/** Who watches whom in a pair. */
export interface Watched {
  readonly pair: MailPairFacts;
  /** The server of the container. */
  readonly own: MailServerFacts;
  readonly peer: MailServerFacts;
}

/**
 * `tandem-mail-watch`: starts the server of a container, takes over the queue of its peer when that one is lost, and gives
 * it back (S4). The lock in the queue keeps a second writer out, so it resets nobody.
 */
export function watchScript({ pair, own, peer }: Watched): ShellScript {
  return {
    source: own.path,
    variables: [
      ['own', nameOf(own)],
      ['own_queue', queueOf(own)],
      ['peer', nameOf(peer)],
      ['peer_queue', queueOf(peer)],
      ['addresses', addressesOf(pair, peer).join(' ')],
      ['deadtime', Math.ceil(pair.deadtime / 1000)],
      ['interval', MAIL_WATCH_TIMES.interval / 1000],
      ['silent_interval', MAIL_WATCH_TIMES.silentInterval / 1000],
      ['greeting_limit', MAIL_WATCH_TIMES.greeting / 1000],
      ['decision', pair.takeover.decision],
      ['queue_program', QUEUE_PROGRAM],
      ['state', WATCH_STATE],
    ],
    body: WATCH,
  };
}

const nameOf = ({ name }: MailServerFacts): string => plainName('shell', 'the name of a mail server', name);

const queueOf = ({ queue }: MailServerFacts): string => directory(queue.directory, 'the queue directory');

/** Addresses of a server on the paths of the pair, of which one that answers is enough. */
const addressesOf = ({ links }: MailPairFacts, { host }: MailServerFacts): readonly string[] =>
  sortedUnique(
    links.flatMap((link) =>
      link.kind === 'serial'
        ? []
        : link.ends.flatMap((end) => (end.host === host && end.address !== undefined ? [end.address] : [])),
    ),
  );
