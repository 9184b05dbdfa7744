import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IConstruct } from 'constructs';
import { buildReport } from '../render/report/build';
import { reportHtml } from '../render/report/html';
import { reportMarkdown } from '../render/report/markdown';
import { printTopology } from '../topology/read';
import type { Topology } from '../topology/topology';
import { findingsOf } from './design-findings';
import { targetsOf, type DeploymentTarget } from './deployment-target';
import { replaceFolder } from './folder';
import { renderedFiles } from './rendered-files';

/** What cdktf hands to a construct that writes files of its own. */
interface SynthesisSession {
  readonly outdir: string;
}

/** The key under which cdktf looks for it; the function that sets it is not exported. */
const CUSTOM_SYNTHESIS = Symbol.for('cdktf/customSynthesis');

const FOLDER = 'tandem';
const MARK = 'topology.json';

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
          removeGoneDeployments(folder, target.node.root);
        }
        const topology = target.deployment.topology();
        if (done.has(topology)) return;
        done.add(topology);
        replaceFolder(folder, topology.name, contentsOf(topology));
      },
    },
  });
}

/** Everything in the folder of a deployment: path to text. */
function contentsOf(topology: Topology): ReadonlyMap<string, string> {
  const report = buildReport(topology, findingsOf(topology), (host) => renderedFiles(topology, host));
  const contents = new Map([
    [MARK, printTopology(topology)],
    ['report.md', reportMarkdown(report)],
    ['report.html', reportHtml(report)],
  ]);
  for (const host of topology.hosts) {
    for (const file of renderedFiles(topology, host.id)) contents.set(`hosts/${host.name}${file.path}`, file.content);
  }
  return contents;
}

/** Only folders that hold a topology are ours to remove. */
function removeGoneDeployments(folder: string, root: IConstruct): void {
  if (!existsSync(folder)) return;
  const present = new Set(targetsOf(root).map(({ deployment }) => deployment.topology().name));
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !present.has(entry.name) && existsSync(join(path, MARK))) {
      rmSync(path, { recursive: true });
    }
  }
}
