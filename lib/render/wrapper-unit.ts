import type { ServiceFacts } from '../topology/service';
import type { RenderedFile } from './file';
import { processUnits } from '../topology/service-units';
import { printUnitFile, section } from './systemd/unit-file';

/**
 * Drop-ins that make stopping a service wait for its end.
 *
 * Debian's `postgresql.service` and `postfix.service` only pull in an instance that is ordered before them. They stop
 * in reverse order, so `systemctl stop` of the wrapper comes back while the instance still runs, and the cluster manager
 * would unmount the file system under a working database. So the wrapper stops the service itself, and the instance,
 * whose own turn is afterwards, does not mind that nothing is left to stop.
 *
 * `stop` ends the service and waits; it may fail when the service does not run. There is nothing to do for a service
 * whose unit holds its processes.
 */
export function stopsWithUnit(service: ServiceFacts, stop: string): RenderedFile[] {
  const instances = processUnits(service).filter((unit) => unit !== service.unit);
  if (instances.length === 0) return [];
  const dropIn = (unit: string, settings: readonly (readonly [string, string])[]): RenderedFile => ({
    path: `/etc/systemd/system/${unit}.d/tandem-stop.conf`,
    content: printUnitFile({ source: service.path, sections: [section('Service', settings)] }),
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    source: service.path,
    checker: 'systemd-analyze',
    activation: { kind: 'daemon-reload' },
  });
  return [
    dropIn(service.unit, [
      ['ExecStop', `-${stop}`],
      ['TimeoutStopSec', '1h'],
    ]),
    ...instances.map((instance) =>
      dropIn(instance, [
        ['ExecStop', ''],
        ['ExecStop', `-${stop}`],
      ]),
    ),
  ];
}
