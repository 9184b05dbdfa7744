import { lookup } from '../topology/lookup';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { files as authkeys } from './authkeys/files';
import { files as backup } from './backup/files';
import { files as bootGuard } from './boot-guard/files';
import { files as chrony } from './chrony/files';
import { byCodeUnits } from '../topology/order';
import { files as cyrusImap } from './cyrus-imap/files';
import { files as directoryServer } from './directory-server/files';
import { files as dnsZone } from './dns-zone/files';
import { files as drbdConf } from './drbd-conf/files';
import { files as ds389 } from './ds389/files';
import type { RenderedFile } from './file';
import { FormatError } from './format-error';
import { files as groupStart } from './group-start/files';
import { files as haCf } from './ha-cf/files';
import { files as handback } from './handback/files';
import { files as haproxy } from './haproxy/files';
import { files as haresources } from './haresources/files';
import { files as heartbeatMessages } from './heartbeat-messages/files';
import { files as hosts } from './hosts/files';
import { files as keepalived } from './keepalived/files';
import { files as ldirectord } from './ldirectord/files';
import { files as logrotate } from './logrotate/files';
import { files as lvsServer } from './lvs-server/files';
import { files as mailServer } from './mail-server/files';
import { files as mailUnit } from './mail-unit/files';
import { files as mailWatch } from './mail-watch/files';
import { files as monitoring } from './monitoring/files';
import { files as nftables } from './nftables/files';
import { files as peerOutdater } from './peer-outdater/files';
import { files as postfix } from './postfix/files';
import { files as postgresql } from './postgresql/files';
import { files as provision } from './provision/files';
import { sameForRole, type Format } from './role';
import { files as saslauthd } from './saslauthd/files';
import { files as slapd } from './slapd/files';
import { files as stonith } from './stonith/files';
import { files as systemd } from './systemd/files';

const formats: readonly Format[] = [
  sameForRole(authkeys),
  backup,
  sameForRole(bootGuard),
  chrony,
  sameForRole(cyrusImap),
  directoryServer,
  dnsZone,
  sameForRole(drbdConf),
  ds389,
  sameForRole(groupStart),
  haCf,
  sameForRole(handback),
  haproxy,
  sameForRole(haresources),
  sameForRole(heartbeatMessages),
  sameForRole(hosts),
  keepalived,
  ldirectord,
  sameForRole(logrotate),
  lvsServer,
  mailServer,
  sameForRole(mailUnit),
  mailWatch,
  monitoring,
  nftables,
  sameForRole(peerOutdater),
  sameForRole(postfix),
  sameForRole(postgresql),
  sameForRole(provision),
  sameForRole(saslauthd),
  sameForRole(slapd),
  sameForRole(stonith),
  sameForRole(systemd),
];

/**
 * Every file of a host, sorted by path.
 * @throws FormatError for a value that a format cannot hold, or two files at one path
 */
export function renderHost(topology: Topology, host: EntityId): readonly RenderedFile[] {
  lookup(topology).host(host);
  const files = formats.flatMap((format) => format(topology, host)).sort((a, b) => byCodeUnits(a.path, b.path));
  files.forEach((file, index) => {
    if (file.path === files[index - 1]?.path) {
      throw new FormatError(
        {
          format: 'bundle',
          what: 'a host',
          problem: 'would get two files at one path',
          value: file.path,
          remedy: 'rename one of the constructs that they come from',
        },
        file.source,
      );
    }
  });
  return files;
}
