import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { clusterSections } from './clusters';
import type { ReportBlock, ReportDocument, ReportSection } from './document';
import { findingsSection, type ReportedFinding } from './findings';
import { duration } from './duration';
import { storageSection } from './storage';

/**
 * The report of a deployment: what is in it, what the rules found, what each host gets.
 * @param filesOf the rendered files of a host
 * @param predicted sections that say what is predicted
 */
export function buildReport(
  topology: Topology,
  findings: readonly ReportedFinding[],
  filesOf: (host: EntityId) => readonly RenderedFile[],
  predicted: readonly ReportSection[] = [],
): ReportDocument {
  return {
    title: `Deployment ${topology.name}`,
    sections: [
      findingsSection(findings),
      hostsSection(topology),
      networksSection(topology),
      ...clusterSections(topology),
      storageSection(topology),
      ...predicted,
      ...optionalTable('Backups', ['backup', 'service', 'kind', 'every', 'copies', 'directory'], backups(topology)),
      ...optionalTable(
        'Options outside the model',
        ['construct', 'section', 'option', 'value'],
        topology.extraOptions.map((option) => [option.path, option.section, option.name, option.value]),
      ),
      ...optionalTable(
        'Secrets',
        ['name', 'purpose', 'used by'],
        topology.secrets.map((secret) => [secret.name, secret.purpose, secret.usedBy.join(', ')]),
      ),
      filesSection(topology, filesOf),
    ],
  };
}

function hostsSection(topology: Topology): ReportSection {
  const { network } = lookup(topology);
  const rows = topology.hosts.flatMap((host) => {
    const interfaces = host.interfaces.map((item) => [
      item.name,
      `${item.address}/${item.prefixLength}`,
      network(item.network).name,
    ]);
    return (interfaces.length > 0 ? interfaces : [['', '', '']]).map((cells, index) =>
      index === 0 ? [host.name, host.site, ...cells, host.failureDomains.join(', ')] : ['', '', ...cells, ''],
    );
  });
  return {
    title: 'Hosts',
    blocks: [table(['host', 'site', 'interface', 'address', 'network', 'depends on'], rows)],
  };
}

function networksSection(topology: Topology): ReportSection {
  return {
    title: 'Networks',
    blocks: [
      table(
        ['network', 'site', 'range', 'meant for', 'switches'],
        topology.networks.map((network) => [
          network.name,
          network.site,
          network.cidr,
          network.purpose,
          network.switches.join(', '),
        ]),
      ),
    ],
  };
}

function backups(topology: Topology): string[][] {
  return topology.backups.map((backup) => [
    backup.name,
    backup.service,
    backup.kind.toUpperCase(),
    duration(backup.interval),
    String(backup.copies),
    backup.directory,
  ]);
}

function filesSection(topology: Topology, filesOf: (host: EntityId) => readonly RenderedFile[]): ReportSection {
  return {
    title: 'Files',
    blocks: topology.hosts.flatMap((host): ReportBlock[] => [
      { kind: 'subtitle', text: host.name },
      table(
        ['file', 'mode', 'owner', 'checked by', 'from'],
        filesOf(host.id).map((file) => [
          file.path,
          file.mode,
          `${file.owner}:${file.group}`,
          file.checker ?? '',
          file.source,
        ]),
      ),
    ]),
  };
}

function optionalTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly ReportSection[] {
  return rows.length > 0 ? [{ title, blocks: [table(head, rows)] }] : [];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): ReportBlock {
  return rows.length > 0 ? { kind: 'table', head, rows } : { kind: 'text', text: 'None.' };
}
