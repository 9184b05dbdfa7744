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

/** For units that are not init scripts alone: without rewriting the links of their script, which takes seconds for each. */
const NATIVE = 'SYSTEMCTL_SKIP_SYSV=1 systemctl --no-reload --quiet';

/**
 * `systemctl preset` refuses units that come from init scripts, as slapd's does on Debian 12; `disable` and `enable`
 * know them. Neither starts or stops anything. Links of units need no reload of systemd until the next boot.
 */
function presetCommand(preset: Preset): string {
  return [
    ...(preset.disable.length > 0 ? [disableWhatIsEnabled(preset.disable)] : []),
    ...(preset.enable.length > 0 ? [enable(preset.enable.join(' '))] : []),
  ].join(' && ');
}

/** One unit that is an init script alone makes the quick way fail. */
function enable(units: string): string {
  return `{ ${NATIVE} enable ${units} 2>/dev/null || systemctl --quiet enable ${units}; }`;
}

/**
 * Only what is enabled. Each question to systemd costs a process, so it is asked only about units with links that start
 * them; those of an init script count only for a unit that systemd generates from it.
 */
function disableWhatIsEnabled(units: readonly string[]): string {
  const links =
    '/etc/systemd/system/*.wants/"$unit" /etc/systemd/system/*.requires/"$unit" /etc/rc[2-5].d/S??"${unit%.service}"';
  return (
    'linked() { for link; do if [ -L "$link" ]; then return 0; fi; done; return 1; }; native= scripts=; ' +
    `for unit in ${units.join(' ')}; do if linked ${links}; then ` +
    'case $(SYSTEMCTL_SKIP_SYSV=1 systemctl is-enabled "$unit" 2>/dev/null) in ' +
    'enabled) native="$native $unit" ;; generated) scripts="$scripts $unit" ;; esac; fi; done; ' +
    `if [ -n "$native" ]; then ${NATIVE} disable $native; fi && ` +
    'if [ -n "$scripts" ]; then systemctl disable --quiet $scripts; fi'
  );
}
