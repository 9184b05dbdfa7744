import { join } from 'node:path';
import { buildReport } from '../render/report/build';
import { reportHtml } from '../render/report/html';
import { reportMarkdown } from '../render/report/markdown';
import { runbook } from '../render/runbook/build';
import { worksheets } from '../render/worksheet/build';
import { printTopology } from '../topology/read';
import type { TopologySource } from '../topology/source';
import type { Topology } from '../topology/topology';
import type { IConstruct } from 'constructs';
import { findingsWith } from './design-findings';
import { targetsOf, type DeploymentTarget } from './deployment-target';
import { replaceFolder } from './folder';
import { renderedFiles } from './rendered-files';
import { forecastSections } from './forecast-sections';

/** What cdktf hands to a construct that writes files of its own. */
interface SynthesisSession {
  readonly outdir: string;
}

/** The key under which cdktf looks for it; the function that sets it is not exported. */
const CUSTOM_SYNTHESIS = Symbol.for('cdktf/customSynthesis');

const FOLDER = 'tandem';

/** What one synth knows: deployments that are written, and all targets by deployment, for which the tree is walked once. */
interface Progress {
  readonly written: Set<Topology>;
  readonly targets: ReadonlyMap<TopologySource, readonly DeploymentTarget[]>;
}

const progress = new WeakMap<SynthesisSession, Progress>();

function progressOf(session: SynthesisSession, root: IConstruct): Progress {
  const known = progress.get(session);
  if (known) return known;
  const targets = new Map<TopologySource, DeploymentTarget[]>();
  for (const target of targetsOf(root))
    targets.set(target.deployment, [...(targets.get(target.deployment) ?? []), target]);
  const begun = { written: new Set<Topology>(), targets };
  progress.set(session, begun);
  return begun;
}

/** Lets a target write the folder of its deployment when its stack is written: once, however many targets there are. */
export function writesDeploymentFolder(target: DeploymentTarget): void {
  Object.defineProperty(target, CUSTOM_SYNTHESIS, {
    value: {
      onSynthesize: (session: SynthesisSession) => {
        const folder = join(session.outdir, FOLDER);
        const { written, targets } = progressOf(session, target.node.root);
        const topology = target.deployment.topology();
        if (written.has(topology)) return;
        written.add(topology);
        replaceFolder(folder, topology.name, contentsOf(target.deployment, targets.get(target.deployment) ?? []));
      },
    },
  });
}

/** Everything in the folder of a deployment: path to text. */
function contentsOf(deployment: TopologySource, targets: readonly DeploymentTarget[]): ReadonlyMap<string, string> {
  const topology = deployment.topology();
  const report = buildReport(
    topology,
    findingsWith(deployment, targets),
    (host) => renderedFiles(topology, host),
    forecastSections(topology),
  );
  const contents = new Map([
    ['topology.json', printTopology(topology)],
    ['report.md', reportMarkdown(report)],
    ['report.html', reportHtml(report)],
    ['RUNBOOK.md', runbook(topology)],
    ...worksheets(topology),
    ...targets.flatMap((target) => [...(target.folderContents?.() ?? [])]),
  ]);
  for (const host of topology.hosts) {
    for (const file of renderedFiles(topology, host.id)) contents.set(`hosts/${host.name}${file.path}`, file.content);
  }
  return contents;
}
