import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { build, type Preset } from './build';
import { printModules, printPreset, unitName } from './print';
import { printUnitFile } from './unit-file';

/** Preset, drop-ins of the managed units, and kernel modules. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const { preset, dropIns, modules } = build(topology, host);
  return [
    ...(preset
      ? [
          file('/etc/systemd/system-preset/10-tandem.preset', preset.source, () => printPreset(preset), {
            kind: 'command',
            command: presetCommand(preset),
          }),
        ]
      : []),
    ...dropIns.map((dropIn) =>
      file(
        FormatError.naming(dropIn.file.source, () => `/etc/systemd/system/${unitName(dropIn.unit)}.d/tandem.conf`),
        dropIn.file.source,
        () => printUnitFile(dropIn.file),
        { kind: 'daemon-reload' },
      ),
    ),
    ...(modules
      ? [
          file('/etc/modules-load.d/drbd.conf', modules.source, () => printModules(modules), {
            kind: 'command',
            command: `modprobe ${modules.names.join(' ')}`,
          }),
        ]
      : []),
  ];
}

/**
 * `systemctl preset` refuses units that come from init scripts, as slapd's does on Debian 12; `disable` and `enable`
 * know them. Neither starts or stops anything.
 */
function presetCommand(preset: Preset): string {
  return [
    ...(preset.disable.length > 0 ? [disableWhatIsThere(preset.disable)] : []),
    ...(preset.enable.length > 0 ? [`systemctl enable --quiet ${preset.enable.join(' ')}`] : []),
  ].join(' && ');
}

/** A unit whose package is not installed yet cannot start at boot either; one that is there must be disabled. */
function disableWhatIsThere(units: readonly string[]): string {
  const disable = 'systemctl disable --quiet "$unit" 2>/dev/null || ! systemctl cat "$unit" >/dev/null 2>&1 || exit 1';
  return `for unit in ${units.join(' ')}; do ${disable}; done`;
}

function file(path: string, source: ConstructPath, print: () => string, activation: FileActivation): RenderedFile {
  return {
    path,
    content: FormatError.naming(source, print),
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    source,
    activation,
  };
}
