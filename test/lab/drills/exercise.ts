import { pairOfCluster } from '../../../lib/topology/mail-cluster';
import type { Topology } from '../../../lib/topology/topology';
import type { Lab } from '../lab';
import { LabError } from '../topology-lab/plan';
import { deploy, type DeployOptions } from './deploy';
import { deployDirectory } from './directory/deploy';
import { DIRECTORY_DRILLS } from './directory/drills';
import { runDirectoryDrill } from './directory/runner';
import { Servers } from './directory/servers';
import { ALL_DRILLS, drillsOf } from './drills';
import { deployMail } from './mail/deploy';
import { ALL_MAIL_DRILLS, mailDrills } from './mail/drills';
import { MailLab } from './mail/mail-lab';
import { runMailDrill } from './mail/runner';
import { Pair } from './pair';
import { plannedSwitch } from './planned-switch';
import { runDrill } from './runner';
import { runSeries, type SeriesResult } from './series';

/** Seconds in which the drills of a run must have begun. */
const RUN = 4800;

/** What is done with the lab of a deployment of some kind. */
export interface Exercise {
  readonly deploy: (options: DeployOptions) => Promise<unknown>;
  /** Names of the drills that come before all others in a whole run. */
  readonly first: readonly string[];
  /** Names of the drills of a whole run, after the first. */
  readonly drills: readonly string[];
  /** Runs drills by their names. @throws LabError for a name that none has */
  readonly run: (names: readonly string[], report: (line: string) => void) => Promise<SeriesResult>;
}

/** Names of all drills, in the order of the document. */
export const DRILL_NAMES: readonly string[] = [...ALL_DRILLS, ...DIRECTORY_DRILLS, ...ALL_MAIL_DRILLS].map(
  ({ name }) => name,
);

/** What is done with a lab. @throws LabError for a deployment that no drill is made for */
export function exerciseOf(lab: Lab, topology: Topology): Exercise {
  const [cluster] = topology.clusters;
  if (!cluster) return ofDirectory(new Servers(lab, topology));
  const pair = new Pair(lab, topology);
  return pairOfCluster(topology, cluster) ? ofMail(new MailLab(pair)) : ofPair(pair);
}

function ofPair(pair: Pair): Exercise {
  return {
    deploy: (options) => deploy(pair, options),
    // There, which gives the step times, and back.
    first: [plannedSwitch.name],
    drills: drillsOf(pair).map(({ name }) => name),
    run: (names, report) => runSeries(pair, named(ALL_DRILLS, names), RUN, report, runDrill),
  };
}

function ofDirectory(servers: Servers): Exercise {
  return {
    deploy: (options) => deployDirectory(servers, options),
    first: [],
    drills: DIRECTORY_DRILLS.map(({ name }) => name),
    run: (names, report) => runSeries(servers, named(DIRECTORY_DRILLS, names), RUN, report, runDirectoryDrill),
  };
}

function ofMail(mail: MailLab): Exercise {
  return {
    deploy: (options) => deployMail(mail, options),
    first: [],
    drills: mailDrills(mail.fronts.length > 0).map(({ name }) => name),
    run: (names, report) => runSeries(mail, named(ALL_MAIL_DRILLS, names), RUN, report, runMailDrill),
  };
}

function named<Known extends { readonly name: string }>(
  drills: readonly Known[],
  names: readonly string[],
): readonly Known[] {
  return names.map((name) => {
    const found = drills.find((drill) => drill.name === name);
    if (found) return found;
    const known = drills.map((drill) => drill.name).join(', ');
    throw new LabError(`there is no drill '${name}' of this deployment; there are ${known}`);
  });
}
