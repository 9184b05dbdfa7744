import type { DirectoryServerFacts } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import type { RenderedFile } from '../file';
import { programFile } from '../readable-file';
import { printScript } from '../shell/script';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';
import { gateScript, hasGuard } from './gate-script';

const GATE = '/usr/local/sbin/tandem-directory-gate';
const UNIT = 'tandem-directory-gate.service';

/**
 * The gate of a server and its unit. It runs while slapd runs: a slapd that starts anew begins with a gate that has seen
 * nothing of the one before. Without systemd it is a program that is started beside slapd.
 */
export function gateFiles(topology: Topology, server: DirectoryServerFacts): readonly RenderedFile[] {
  const source = server.path;
  return [
    programFile(GATE, source, () => printScript(gateScript(topology, server))),
    renderedUnit(UNIT, source, [
      section('Unit', [
        ['Description', 'Opens the directories of slapd when they may be opened'],
        ['BindsTo', 'slapd.service'],
        ['After', 'slapd.service'],
        // A guard that is given up would leave a directory as it is.
        ['StartLimitIntervalSec', '0'],
      ]),
      section('Service', [
        ['ExecStart', GATE],
        ...(hasGuard(topology, server) ? ([['ExecStopPost', `${GATE} close`]] as const) : []),
        ['Restart', 'always'],
        ['RestartSec', '1'],
        ...HARDENING,
      ]),
    ]),
    renderedUnit('slapd.service.d/tandem-gate.conf', source, [section('Unit', [['Wants', UNIT]])]),
  ];
}

/** It reads what belongs to slapd, and is known to slapd as root; it needs nothing else of root. */
const HARDENING: readonly (readonly [string, string])[] = [
  ['CapabilityBoundingSet', 'CAP_DAC_READ_SEARCH'],
  ['NoNewPrivileges', 'yes'],
  ['ProtectSystem', 'strict'],
  ['ProtectHome', 'yes'],
  ['ProtectKernelTunables', 'yes'],
  ['ProtectKernelModules', 'yes'],
  ['ProtectControlGroups', 'yes'],
  ['PrivateTmp', 'yes'],
  ['PrivateDevices', 'yes'],
  ['RestrictAddressFamilies', 'AF_UNIX AF_INET AF_INET6'],
  ['RestrictNamespaces', 'yes'],
  ['MemoryDenyWriteExecute', 'yes'],
  ['SystemCallArchitectures', 'native'],
];
