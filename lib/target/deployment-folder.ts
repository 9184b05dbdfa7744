import { join } from 'node:path';
import { buildReport } from '../render/report/build';
import { reportHtml } from '../render/report/html';
import { reportMarkdown } from '../render/report/markdown';
import { runbook } from '../render/runbook/build';
import { worksheets } from '../render/worksheet/build';
import { printTopology } from '../topology/read';
import type { Topology } from '../topology/topology';
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

const written = new WeakMap<SynthesisSession, Set<Topology>>();

/** Lets a target write the folder of its deployment when its stack is written: once, however many targets there are. */
export function writesDeploymentFolder(target: DeploymentTarget): void {
  Object.defineProperty(target, CUSTOM_SYNTHESIS, {
    value: {
      onSynthesize: (session: SynthesisSession) => {
        const folder = join(session.outdir, FOLDER);
        let done = written.get(session);
        if (!done) {
          done = new Set();
          written.set(session, done);
        }
        const topology = target.deployment.topology();
        if (done.has(topology)) return;
        done.add(topology);
        replaceFolder(folder, topology.name, contentsOf(target));
      },
    },
  });
}

/** Everything in the folder of a deployment: path to text. */
function contentsOf({ deployment, node }: DeploymentTarget): ReadonlyMap<string, string> {
  const topology = deployment.topology();
  const targets = targetsOf(node.root).filter((target) => target.deployment === deployment);
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
