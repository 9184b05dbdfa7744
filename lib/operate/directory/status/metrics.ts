import type { Metric } from '../../status/metric';
import type { DirectoryStatus } from './copy-status';

/** Gauges of directories. What was not seen has no sample. */
export function directoryMetrics(directories: readonly DirectoryStatus[]): readonly Metric[] {
  const each = (
    name: string,
    help: string,
    read: (copy: DirectoryStatus['copies'][number]) => number | undefined,
  ): Metric => ({
    name,
    help,
    samples: directories.flatMap(({ directory, copies }) =>
      copies.flatMap((copy) => {
        const value = read(copy);
        return value === undefined ? [] : [{ labels: { directory, server: copy.server }, value }];
      }),
    ),
  });
  return [
    {
      name: 'tandem_directory_writers',
      help: 'Servers that take writes of the directory.',
      samples: directories.map(({ directory, writers }) => ({ labels: { directory }, value: writers.length })),
    },
    each('tandem_directory_up', 'Whether the server answered.', ({ now }) => Number(now !== 'unreachable')),
    each('tandem_directory_takes_writes', 'Whether the server takes writes.', ({ now, takesWrites }) =>
      now === 'unreachable' || now === 'unknown' ? undefined : Number(takesWrites),
    ),
    each('tandem_directory_open', 'Whether the server answers clients.', ({ look }) =>
      look.database === undefined ? undefined : Number(!look.database.closed),
    ),
    each('tandem_directory_lag_seconds', 'How far the copy is behind the newest change of any server.', ({ lag }) =>
      lag === undefined || lag.some(({ none }) => none) ? undefined : Math.max(0, ...lag.map(({ seconds }) => seconds)),
    ),
    each('tandem_directory_content_equal', 'Whether the copy holds what it should.', ({ content }) =>
      content === 'equal' || content === 'reference' ? 1 : content === 'different' ? 0 : undefined,
    ),
    each('tandem_directory_entries', 'Entries of the copy.', ({ entries }) => entries),
    each(
      'tandem_directory_certificate_days',
      'Days until the certificate of the server ends.',
      (copy) => copy.certificateDays,
    ),
    each(
      'tandem_directory_configuration_differences',
      'Attributes of cn=config that are not as rendered.',
      ({ look }) => look.configuration?.length,
    ),
  ];
}
