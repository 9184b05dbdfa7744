import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { readableFile } from '../readable-file';
import { build, type Preset } from './build';
import { printModules, printPreset, unitName } from './print';
import { printUnitFile } from './unit-file';

/** Preset, drop-ins of the managed units, and kernel modules. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const { preset, dropIns, modules } = build(topology, host);
  return [
    ...(preset
      ? [
          readableFile('/etc/systemd/system-preset/10-tandem.preset', preset.source, () => printPreset(preset), {
            activation: { kind: 'command', command: presetCommand(preset) },
          }),
        ]
      : []),
    ...dropIns.map((dropIn) =>
      readableFile(
        FormatError.naming(dropIn.file.source, () => `/etc/systemd/system/${unitName(dropIn.unit)}.d/tandem.conf`),
        dropIn.file.source,
        () => printUnitFile(dropIn.file),
        { activation: { kind: 'daemon-reload' } },
      ),
    ),
    ...(modules
      ? [
          readableFile('/etc/modules-load.d/drbd.conf', modules.source, () => printModules(modules), {
            activation: { kind: 'command', command: `modprobe ${modules.names.join(' ')}` },
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
    ...(preset.disable.length > 0 ? [disableWhatIsEnabled(preset.disable)] : []),
    ...(preset.enable.length > 0 ? [`systemctl enable --quiet ${preset.enable.join(' ')}`] : []),
  ].join(' && ');
}

/**
 * Only what is enabled, in one call: each call reloads systemd and, for an init script, rewrites its links, which takes
 * seconds. A unit whose package is not installed yet is not enabled either.
 */
function disableWhatIsEnabled(units: readonly string[]): string {
  const look = `if [ "$(systemctl is-enabled "$unit" 2>/dev/null)" = enabled ]; then found="$found $unit"; fi`;
  return `found=; for unit in ${units.join(' ')}; do ${look}; done; if [ -n "$found" ]; then systemctl disable --quiet $found; fi`;
}
