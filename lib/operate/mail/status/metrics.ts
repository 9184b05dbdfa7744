import type { Metric } from '../../status/metric';
import type { MailServerStatus } from './server-status';
import type { QueueCounts } from './state';

/** Gauges of mail servers. What was not seen has no sample. */
export function mailMetrics(statuses: readonly MailServerStatus[]): readonly Metric[] {
  const each = (name: string, help: string, read: (status: MailServerStatus) => number | undefined): Metric => ({
    name,
    help,
    samples: statuses.flatMap((status) => {
      const value = read(status);
      return value === undefined ? [] : [{ labels: labelsOf(status), value }];
    }),
  });
  return [
    each('tandem_mail_server_greets', 'Whether the mail server greets.', ({ greets }) =>
      greets === undefined ? undefined : Number(greets),
    ),
    each('tandem_mail_queue_served', 'Whether a host serves the queue of the mail server.', ({ now }) =>
      now === 'unknown' ? undefined : Number(['home', 'peer', 'unseen', 'twice'].includes(now)),
    ),
    each('tandem_mail_queue_hosts', 'Hosts that run an instance on the queue; two of them destroy it.', (status) =>
      status.unreached.length > 0 || status.now === 'unknown' ? undefined : status.servedBy.length,
    ),
    each('tandem_mail_queue_at_home', 'Whether the own host of the mail server serves its queue.', ({ now }) =>
      now === 'home' ? 1 : now === 'peer' || now === 'nowhere' ? 0 : undefined,
    ),
    each('tandem_mail_server_hangs', 'Whether a process has the queue of the server and does not answer.', ({ now }) =>
      now === 'unknown' ? undefined : Number(now === 'hangs'),
    ),
    {
      name: 'tandem_mail_queue_messages',
      help: 'Messages by the queue in which they lie.',
      samples: statuses.flatMap((status) =>
        Object.entries((status.queue?.counts ?? {}) as Partial<QueueCounts>).map(([queue, value]) => ({
          labels: { ...labelsOf(status), queue },
          value,
        })),
      ),
    },
    each('tandem_mail_queue_oldest_seconds', 'Age of the oldest message in the queue; 0 without one.', ({ queue }) =>
      queue?.counts === undefined ? undefined : (queue.oldest ?? 0),
    ),
    each('tandem_mail_queue_bytes', 'Size of all messages in the queue.', ({ queue }) => queue?.size),
  ];
}

const labelsOf = ({ pair, server }: MailServerStatus): Readonly<Record<string, string>> => ({ pair, server });
