import { chmodSync, mkdirSync } from 'node:fs';
import { files } from '../../../lib/render/provision/files';
import type { Topology } from '../../../lib/topology/topology';
import { buildGroupwarePair } from '../../support/pair';
import { FakeNode, type ScriptResult } from '../shell/fake-node';

/** The DRBD resources of the pair, in the order of their devices. */
export const RESOURCES = ['ldap', 'database', 'imap-index', 'imap-spool', 'queue', 'documents'];

const [DISKS, DEVICES] = [
  ['sdb1', 'sdb2', 'sdb3', 'sdb5', 'sdb6', 'sdb7'],
  ['drbd0', 'drbd1', 'drbd2', 'drbd3', 'drbd4', 'drbd5'],
];

// State lies in files: metadata-R, up-R, role-R, disks-R, connection-R, type-DEVICE, label-DEVICE, gone-DEVICE.
const read = 'get() { if [ -e "$node/$1" ]; then cat "$node/$1"; else echo "$2"; fi; }';

const DRBDADM = `${read}
flag=
case $1 in --) flag=$2; shift 2 ;; esac
action=$1; shift
for last in "$@"; do case $last in -*) ;; *) resource=\${last%/*} ;; esac; done
case $action in
  get-gi) get "metadata-$resource" '' | grep . ;;
  dump-md) get "dump-$resource" 'No valid meta data found'; exit 1 ;;
  create-md) echo '0000000000000004:0:0:0:0:0' >"$node/metadata-$resource" ;;
  up) : >"$node/up-$resource" ;;
  adjust) ;;
  role) [ -e "$node/up-$resource" ] || { echo Unconfigured; exit 10; }
    get "role-$resource" Secondary | tr -d '\\n'; echo "/$(get "peer-$resource" Secondary)" ;;
  cstate) get "connection-$resource" Connected ;;
  dstate) get "disks-$resource" Inconsistent/Inconsistent ;;
  new-current-uuid) [ -n "$flag" ] || exit 1
    echo UpToDate/UpToDate >"$node/disks-$resource"; echo '573B5AA0B1957049:0:0:0:1:1' >"$node/metadata-$resource" ;;
  primary) echo Primary >"$node/role-$resource" ;;
  secondary) if [ -e "$node/mounted" ]; then exit 11; fi; echo Secondary >"$node/role-$resource" ;;
  *) exit 64 ;;
esac`;

const BLKID = `${read}
for last in "$@"; do device=\${last##*/}; done
type=$(get "type-$device" '')
if [ -z "$type" ]; then exit 2; fi
case "$*" in
  *TYPE*) echo "$type" ;;
  *LABEL*) get "label-$device" '' ;;
  *) echo "$last: TYPE=\\"$type\\"" ;;
esac`;

const MKFS = `for last in "$@"; do device=\${last##*/}; done
if [ -e "$node/mkfs-fails" ]; then exit 1; fi
echo "\${0##*.}" >"$node/type-$device"
while [ $# -gt 1 ]; do if [ "$1" = -L ]; then echo "$2" >"$node/label-$device"; fi; shift; done`;

/** The first node of the pair, where everything but the script is a fake: empty disks, a peer that is connected. */
export class FakeDrbdNode extends FakeNode {
  constructor(readonly topology: Topology = buildGroupwarePair().deployment.topology()) {
    super({
      uname: 'echo ox1',
      modprobe: '',
      blockdev: 'if [ -e "$node/gone-${2##*/}" ]; then exit 1; fi; echo 104857600',
      drbdadm: DRBDADM,
      blkid: BLKID,
      wipefs: `${read}\nget "signature-\${2##*/}" ''`,
      'mkfs.ext4': MKFS,
      'mkfs.xfs': MKFS,
      e2label: 'rm "$node/label-${1##*/}"',
      xfs_admin: 'for last in "$@"; do :; done; rm "$node/label-${last##*/}"',
      mount: 'for last in "$@"; do :; done; echo "$last" >"$node/mounted"',
      umount: 'rm "$node/mounted"; rm -rf "$node"/run/tandem-provision.*/mount/*',
      sync: '',
      getent: 'if [ -e "$node/unknown-$2" ]; then exit 2; fi',
      install:
        'if [ -e "$node/install-fails" ]; then exit 1; fi; for last in "$@"; do :; done; mkdir -p "$last"; echo "$3 $5 $7 ${last##*/mount}" >>"$node/made"',
      setpriv:
        'while [ $# -gt 0 ] && [ "$1" != -D ]; do shift; done; echo 15 >"$2/PG_VERSION"; echo "$2" >>"$node/databases"',
      sleep: '',
      cl_status: `${read}\ncase $1 in hbstatus) [ -e "$node/heartbeat" ] ;; rscstatus) get heartbeat none ;; esac`,
      systemctl: `${read}
case $1 in
  is-enabled) [ -e "$node/enabled" ] ;;
  is-active) [ -e "$node/heartbeat" ] ;;
  is-failed) [ -e "$node/failed" ] ;;
  start) if [ ! -e "$node/failed" ] && [ ! -e "$node/silent" ]; then echo none >"$node/heartbeat"; fi ;;
esac`,
    });
    mkdirSync(this.path('run'));
    mkdirSync(this.path('usr/lib/postgresql/15/bin'), { recursive: true });
    this.write('usr/lib/postgresql/15/bin/initdb', '');
    chmodSync(this.path('usr/lib/postgresql/15/bin/initdb'), 0o755);
  }

  provision(action: string, ...options: string[]): ScriptResult {
    const [file] = files(this.topology, 'hq/ox1');
    return this.run(file?.content ?? '', [...options, action], { TANDEM_ROOT: this.directory });
  }

  /** Calls that change a disk, a volume or what is mounted. */
  changes(): string[] {
    return this.calls().filter((call) =>
      /^(mkfs|mount|umount|e2label|xfs_admin|install|setpriv|drbdadm (create-md|up|adjust|primary|secondary|new-|-- ))/.test(
        call,
      ),
    );
  }

  /** The state in which both nodes have metadata and nothing else. */
  withMetadata(): this {
    for (const resource of RESOURCES) {
      this.write(`metadata-${resource}`, '0000000000000004:0:0:0:0:0\n');
      this.write(`up-${resource}`, '');
    }
    return this;
  }

  /** The state after everything was initialized. */
  initialized(): this {
    this.withMetadata();
    RESOURCES.forEach((resource, index) => {
      this.write(`metadata-${resource}`, '573B5AA0B1957049:0:0:0:1:1\n');
      this.write(`disks-${resource}`, 'UpToDate/UpToDate\n');
      for (const device of [DISKS[index], DEVICES[index]]) this.write(`type-${device}`, 'ext4\n');
    });
    return this;
  }
}

/** Runs a test on a node, which is removed after it. */
export function onNode(body: (node: FakeDrbdNode) => void, topology?: Topology): void {
  const node = new FakeDrbdNode(topology);
  try {
    body(node);
  } finally {
    node.close();
  }
}
