import { probeScript } from '../../../lib/operate/status/probe';
import { questionsFor } from '../../../lib/operate/status/questions';
import { serviceUnit, timerUnit } from '../../../lib/render/backup/names';
import { STAMP_PATTERN } from '../../../lib/render/backup/script-variables';
import * as monitoring from '../../../lib/render/monitoring/names';
import { processUnits } from '../../../lib/topology/service-units';
import { pair } from './recorded';

// What is rendered and what is asked for live in layers that do not know each other.
test('units are asked for by the names that they are rendered with', () => {
  for (const host of pair.hosts) {
    const { units } = questionsFor(pair, host);
    for (const service of pair.services) expect(units).toEqual(expect.arrayContaining([...processUnits(service)]));
    for (const group of pair.clusters.flatMap((cluster) => cluster.groups))
      expect(units).toContain(monitoring.monitorUnit(group.name));
    for (const { name } of pair.backups)
      expect(units).toEqual(expect.arrayContaining([serviceUnit(name), timerUnit(name)]));
  }
});

test('dumps are looked for by the names that they are written with', () => {
  const [host] = pair.hosts;
  if (!host) throw new Error('no host');
  expect(probeScript(questionsFor(pair, host), undefined)).toContain(
    `for f in '/var/backups/tandem/directory-dump-'${STAMP_PATTERN}.*;`,
  );
});
