import { calibrate } from '../../predict/calibrate';
import { faultId, type Fault } from '../../predict/fault';
import { predict } from '../../predict/predict';
import { singleFaults } from '../../predict/single-faults';
import { replicationForecast } from '../../predict/replication/forecast';
import { mailHostLosses, mailLoad } from '../../predict/mail';
import { mailTables } from '../../predict/mail-table';
import { forecastText, tablesText } from '../../predict/replication/text';
import { recoveryPoints, resyncTimes } from '../../predict/sizing';
import { defaultStepTimes, type StepTimes } from '../../predict/step-times';
import { predictionTable, rowsOf } from '../../predict/table';
import { detailText, sizingText, tableText } from '../../predict/text';
import type { Topology } from '../../topology/topology';
import { readDeployment } from '../deployment-file';
import { EXIT, type Io } from '../io';
import { UserError } from '../user-error';

/** What `tandem predict` is told. */
export interface PredictOptions {
  /** Where the synth wrote. */
  readonly output: string;
  readonly json?: boolean;
  /** Ids of faults that follow each other; empty for all single faults. */
  readonly fault: readonly string[];
  /** Seconds that measured planned switches took; empty for the default step times. */
  readonly switchTook: readonly string[];
}

/** Tells what faults do to a deployment. Gives the exit code. */
export async function predictCommand(name: string, options: PredictOptions, io: Io): Promise<number> {
  const topology = await readDeployment(name, options.output, io);
  if (topology.clusters.length === 0) {
    const silent = topology.directories.length === 0 && topology.mailPairs.length === 0;
    if (silent || options.fault.length > 0 || options.switchTook.length > 0)
      throw new UserError(`deployment ${topology.name} has no cluster; there is nothing that takes over`);
    const replication = replicationForecast(topology);
    const mail = mailForecast(topology);
    const texts = [forecastText(replication), tablesText(mailTables(topology))].filter((text) => text !== '');
    io.out(options.json ? json({ deployment: topology.name, replication, mail }) : texts.join('\n'));
    return EXIT.clean;
  }
  const times = stepTimes(topology, options.switchTook);
  if (options.fault.length > 0) {
    const prediction = predict(topology, faultsOf(topology, options.fault), times);
    io.out(options.json ? json(prediction) : detailText(rowsOf(topology, prediction)));
    return EXIT.clean;
  }
  const forecast = topology.directories.length > 0 ? replicationForecast(topology) : undefined;
  const sizes = [recoveryPoints(topology), resyncTimes(topology)] as const;
  if (options.json) {
    const faults = singleFaults(topology).map((fault) => predict(topology, fault, times));
    io.out(
      json({
        deployment: topology.name,
        stepTimes: times,
        faults,
        recoveryPoints: sizes[0],
        resyncTimes: sizes[1],
        replication: forecast,
        mail: topology.mailPairs.length + topology.loadBalancers.length > 0 ? mailForecast(topology, times) : undefined,
      }),
    );
  } else {
    const replication = forecast ? `\n${forecastText(forecast)}` : '';
    const mail =
      topology.mailPairs.length + topology.loadBalancers.length > 0
        ? `\n${tablesText(mailTables(topology, times))}`
        : '';
    io.out(`${tableText(predictionTable(topology, times))}\n${sizingText(topology, ...sizes)}${replication}${mail}`);
  }
  return EXIT.clean;
}

const mailForecast = (topology: Topology, times?: StepTimes): readonly object[] =>
  topology.mailPairs.map((pair) => ({
    pair: pair.id,
    load: mailLoad(topology, pair),
    hostLosses: mailHostLosses(topology, pair, times),
  }));

function stepTimes(topology: Topology, switches: readonly string[]): StepTimes {
  if (switches.length === 0) return defaultStepTimes;
  const measured = switches.map((seconds) => {
    const value = Number(seconds);
    if (seconds.trim() === '' || !Number.isFinite(value))
      throw new UserError(`--switch-took must be a number of seconds, got '${seconds}'`);
    return { interruption: value * 1000 };
  });
  try {
    return calibrate(topology, measured);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message);
    throw error;
  }
}

function faultsOf(topology: Topology, ids: readonly string[]): readonly Fault[] {
  const nodes = [...new Set(topology.clusters.flatMap((cluster) => cluster.nodes))];
  const known = new Map(
    [...singleFaults(topology), ...nodes.map((host): Fault => ({ kind: 'node-return', host }))].map((fault) => [
      faultId(fault),
      fault,
    ]),
  );
  return ids.map((id) => {
    const fault = known.get(id);
    if (!fault)
      throw new UserError(`no fault '${id}' in this deployment; name one of: ${[...known.keys()].join(', ')}`);
    return fault;
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
