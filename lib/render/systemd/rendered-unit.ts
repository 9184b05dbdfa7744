import type { ConstructPath } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { readableFile } from '../readable-file';
import { printUnitFile, type UnitSection } from './unit-file';

/**
 * A unit or drop-in of the administrator's folder, which systemd itself looks at before it is put in place.
 * @param name below `/etc/systemd/system`
 */
export function renderedUnit(
  name: string,
  source: ConstructPath,
  sections: readonly UnitSection[],
  activation: FileActivation = { kind: 'daemon-reload' },
): RenderedFile {
  return readableFile(`/etc/systemd/system/${name}`, source, () => printUnitFile({ source, sections }), {
    checker: 'systemd-analyze',
    activation,
  });
}
