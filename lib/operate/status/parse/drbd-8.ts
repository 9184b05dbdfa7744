import type { ResyncState, VolumeState } from '../facts';

/** What `/proc/drbd` of DRBD 0.7 to 8.4 shows: the version of the module, and volumes by minor number. */
export function parseProcDrbd(text: string): {
  readonly version?: string;
  readonly volumes: ReadonlyMap<number, VolumeState>;
} {
  const version = /^version: ([0-9][^ ]*)/m.exec(text)?.[1];
  const volumes = new Map<number, VolumeState>();
  // One entry begins with ` 0: cs:...` and goes on in indented lines.
  for (const found of text.matchAll(/^ *([0-9]+): cs:([A-Za-z]+)(.*(?:\n\s+(?![0-9]+: cs:).*)*)/gm)) {
    const [, minor, connection, rest] = found;
    if (minor === undefined || connection === undefined || rest === undefined || connection === 'Unconfigured')
      continue;
    const [role, peerRole] = pair(rest, /\b(?:ro|st):([A-Za-z]+)\/([A-Za-z]+)/);
    const [disk, peerDisk] = disks(rest);
    volumes.set(Number(minor), {
      minor: Number(minor),
      role,
      disk,
      // The first of the flags behind the protocol, which is blank where there is no connection to have one.
      ...(/\bds:\S+ [ABC? ] s[a-z-]{5}/.test(rest) ? { suspended: true } : {}),
      peers: [
        {
          connection,
          role: peerRole,
          disk: peerDisk,
          outOfSync: number(/\boos:([0-9]+)/, rest) ?? 0,
          resync: resync(rest),
        },
      ],
    });
  }
  return { version, volumes };
}

/** DRBD 0.7 says `ld:Consistent` of its own disk and nothing of the other's. */
function disks(text: string): [string, string] {
  const old = /\bld:([A-Za-z]+)/.exec(text)?.[1];
  if (old !== undefined) return [old === 'Consistent' ? 'UpToDate' : old, 'DUnknown'];
  return pair(text, /\bds:([A-Za-z]+)\/([A-Za-z]+)/);
}

function pair(text: string, pattern: RegExp): [string, string] {
  const found = pattern.exec(text);
  return [found?.[1] ?? 'Unknown', found?.[2] ?? 'Unknown'];
}

function number(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found.replaceAll(',', ''));
}

function resync(text: string): ResyncState | undefined {
  const done = number(/sync'ed: *([0-9.]+)%/, text);
  if (done === undefined) return undefined;
  const finish = /finish: ([0-9]+):([0-9]+):([0-9]+)/.exec(text);
  return {
    done,
    finish: finish ? Number(finish[1]) * 3600 + Number(finish[2]) * 60 + Number(finish[3]) : undefined,
    speed: number(/speed: ([0-9,]+)/, text),
  };
}
