import type { DirectoryFacts } from '../../topology/replication';
import { lookup } from '../../topology/lookup';
import { mailGraph } from '../../topology/mail-graph';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { ReportDocument, ReportSection } from '../report/document';
import { reportMarkdown } from '../report/markdown';
import { agreementSection } from './agreement';
import { failoverSection, multiMasterSection } from './group';
import { balancerWorksheet } from './load-balancer';
import { mailPairWorksheet } from './mail-pair';
import { crossesGroupOfSuppliers } from './names';

/**
 * Worksheets of a deployment: one for each directory, each load balancer in hardware and each mail pair of a product that
 * Tandem does not configure. Path in the folder of the deployment to text.
 */
export function worksheets(topology: Topology): ReadonlyMap<string, string> {
  const documents: readonly (readonly [name: string, document: ReportDocument])[] = [
    ...topology.directories.map((directory) => [directory.name, worksheet(topology, directory)] as const),
    ...topology.loadBalancers.flatMap((one) =>
      one.balancer.kind === 'external'
        ? [[one.name, balancerWorksheet(topology, one, one.balancer.units)] as const]
        : [],
    ),
    ...topology.mailPairs
      .filter((pair) =>
        mailGraph(topology)
          .serversOf(pair)
          .some(({ software }) => software !== 'postfix'),
      )
      .map((pair) => [pair.name, mailPairWorksheet(topology, pair)] as const),
  ];
  return new Map(documents.map(([name, document]) => [`worksheets/${name}.md`, reportMarkdown(document)]));
}

/**
 * What a person enters in the console of an X.500 server for a directory, such as M-Vault: whose keywords are not public, so
 * that the fields are named as X.525 and the vendor's own paper name them (F8 to F28).
 */
export function worksheet(topology: Topology, directory: DirectoryFacts): ReportDocument {
  const graph = replicationGraph(topology);
  const of = ({ directory: id }: { readonly directory: string }): boolean => id === directory.id;
  return {
    title: `Worksheet for X.500 servers: directory ${directory.name} of ${topology.name}`,
    sections: [
      {
        title: 'What this is',
        blocks: [
          {
            kind: 'text',
            text: `The design of ${directory.suffix} for a server that Tandem does not configure, such as M-Vault. Fields are those of X.525, steps are those of the console; no keyword of a product stands here. What a product asks beyond it, such as presentation addresses, is left to its manual.`,
          },
        ],
      },
      serversSection(topology, directory),
      ...topology.failoverGroups.filter(of).flatMap((group) => failoverSection(topology, group)),
      ...topology.multiMasterGroups.filter(of).map((group) => multiMasterSection(topology, group)),
      ...graph
        .agreementsOf(directory.id)
        .filter((agreement) => !crossesGroupOfSuppliers(topology, agreement))
        .map((agreement) => agreementSection(topology, agreement)),
    ],
  };
}

function serversSection(topology: Topology, { id }: DirectoryFacts): ReportSection {
  const graph = replicationGraph(topology);
  const found = lookup(topology);
  return {
    title: 'Servers',
    blocks: [
      {
        kind: 'table',
        head: ['server', 'DSA name', 'does', 'host', 'site', 'addresses'],
        rows: graph.replicasOf(id).map(({ server: of, role }) => {
          const { name, identity, host, hostname } = graph.server(of);
          const { site, interfaces } = found.host(host);
          return [name, identity, role, hostname, site, interfaces.map(({ address }) => address).join(', ')];
        }),
      },
      { kind: 'text', text: 'Each server has a host of its own (F29).' },
    ],
  };
}
