import type { Lab } from './lab';
import { LabError } from './topology-lab/plan';

/** Pulls the plug: the node's process is killed, and the power switch cannot bring it back. */
export async function powerCut(lab: Lab, node: string): Promise<void> {
  await lab.order({ verb: 'power-cut', node: lab.node(node).name });
}

/** Plugs a node in and boots it. */
export async function powerOn(lab: Lab, node: string): Promise<void> {
  await lab.order({ verb: 'power-on', node: lab.node(node).name });
}

/** Kills a node and boots it again, as the reset button does. */
export async function reset(lab: Lab, node: string): Promise<void> {
  await lab.order({ verb: 'reset', node: lab.node(node).name });
}

/** Takes all fencing devices out of order, or mends them. */
export async function setPowerSwitch(lab: Lab, works: boolean): Promise<void> {
  await lab.order({ verb: 'power-switch', works });
}

/** Pulls the serial cables, or plugs them in again. */
export async function setSerial(lab: Lab, whole: boolean): Promise<void> {
  await lab.order({ verb: 'cable', whole });
}

/** Pulls the cable of a network out of one node, or out of all. */
export async function cutNetwork(lab: Lab, network: string, node?: string): Promise<void> {
  await plug(lab, network, node, false);
}

/** Undoes `cutNetwork` and `partNetwork`. */
export async function healNetwork(lab: Lab, network: string, node?: string): Promise<void> {
  await plug(lab, network, node, true);
  await lab.namespace.partition(lab.plan, network, false);
}

/** Nodes no longer reach each other on a network, but clients and the power switch still reach each of them. */
export async function partNetwork(lab: Lab, network: string): Promise<void> {
  await lab.namespace.partition(lab.plan, lab.network(network), true);
}

async function plug(lab: Lab, network: string, node: string | undefined, plugged: boolean): Promise<void> {
  lab.network(network);
  const nodes = node === undefined ? lab.plan.nodes : [lab.node(node)];
  for (const one of nodes) await lab.namespace.plug(one, network, plugged);
}

/** What can be sent to the processes of a program: killed, stopped in the middle of its work, and let go on. */
export type ProcessSignal = 'KILL' | 'STOP' | 'CONT' | 'TERM';

/** Sends a signal to all processes of a program on a node, by the exact name of the program. */
export async function signal(lab: Lab, node: string, program: string, what: ProcessSignal): Promise<void> {
  if (!/^[A-Za-z0-9_.@-]+$/.test(program)) throw new LabError(`'${program}' is no name of a program`);
  await lab.sshMust(node, `pkill -${what} -x ${program}`);
}

/** Delay and loss of what a node sends on one interface. */
export interface Impairment {
  /**
   * Milliseconds.
   * @default 0
   */
  readonly delay?: number;
  /**
   * Share of the packets that get lost, in percent.
   * @default 0
   */
  readonly loss?: number;
}

/** Makes a line slow and lossy; without delay and loss it is as it was. */
export async function impair(
  lab: Lab,
  node: string,
  device: string,
  { delay = 0, loss = 0 }: Impairment,
): Promise<void> {
  const known = lab.node(node).interfaces.map((candidate) => candidate.name);
  if (!known.includes(device)) throw new LabError(`${node} has no interface '${device}'; it has ${known.join(', ')}`);
  const wanted = delay > 0 || loss > 0;
  await lab.sshMust(
    node,
    wanted
      ? `modprobe sch_netem && tc qdisc replace dev ${device} root netem delay ${delay}ms loss ${loss}%`
      : `tc qdisc del dev ${device} root 2>/dev/null || true`,
  );
}

/** What a disk does with what it is asked for. */
export type DiskBehaviour = 'whole' | 'write-errors' | 'all-errors';

/**
 * Lets a part of a node's disk fail, while it is in use. A node that boots again has whole disks.
 * @param part as the topology calls it, for instance `/dev/sdb1`
 */
export async function setDisk(lab: Lab, node: string, part: string, behaviour: DiskBehaviour): Promise<void> {
  const disk = lab.node(node).disks.find((candidate) => candidate.parts.some((known) => known.path === part));
  const found = disk?.parts.find((known) => known.path === part);
  if (!disk || !found) throw new LabError(`${node} has no part '${part}' of a disk`);
  const place = `${disk.device} ${found.start}`;
  const table = {
    whole: `0 ${found.sectors} linear ${place}`,
    // Never up, always down: one minute is the shortest that flakey takes for the second, and it begins anew each time.
    'write-errors': `0 ${found.sectors} flakey ${place} 0 60 1 error_writes`,
    'all-errors': `0 ${found.sectors} error`,
  }[behaviour];
  const mapped = `lab-${part.slice(part.lastIndexOf('/') + 1)}`;
  await lab.sshMust(
    node,
    `modprobe dm-flakey && dmsetup suspend --noflush --nolockfs ${mapped} && ` +
      `dmsetup reload ${mapped} --table '${table}'; dmsetup resume ${mapped}`,
  );
}

/** Fills the file system below a directory of a node to the last block, or frees it again. */
export async function fill(lab: Lab, node: string, directory: string, full: boolean): Promise<void> {
  if (!/^\/[A-Za-z0-9_./-]*$/.test(directory)) throw new LabError(`'${directory}' is no directory`);
  const file = `${directory.replace(/\/$/, '')}/lab-fill`;
  // Space that is taken without being written, as the fault is a full disk and not a busy one; dd takes the rest, and ends
  // with an error when nothing is left, which is what it is for.
  const take = `free=$(($(stat -f -c '%f * %S' ${directory}) - 4194304)); test "$free" -le 0 || fallocate -l "$free" ${file}`;
  const command = full
    ? `${take}; dd if=/dev/zero bs=64k 2>/dev/null >>${file}; sync ${file}; test -s ${file}`
    : `rm -f ${file}`;
  await lab.sshMust(node, command, { timeout: 120 });
}
