import { healNetwork, cutNetwork, powerCut, powerOn, setDisk, setSerial } from '../faults';
import { until } from '../host/execute';
import type { Lab } from '../lab';
import type { LabCable, LabNode } from '../topology-lab/plan';

/** Seconds in which a node must be back after a reset. */
const BACK = 60;

/** Proves the lab itself: names, networks, serial line, DRBD module, power. @returns whether all of it held */
export async function bootDrill(lab: Lab, report: (line: string) => void): Promise<boolean> {
  let held = true;
  const check = async (what: string, proof: () => Promise<boolean>): Promise<void> => {
    const began = Date.now();
    const good = await proof().catch((error: unknown) => {
      report(`  ${(error as Error).message}`);
      return false;
    });
    held &&= good;
    report(`${good ? 'ok    ' : 'FAILED'} ${what} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  };
  for (const node of lab.plan.nodes) {
    await check(`${node.name} has its names and disks`, () => named(lab, node));
    await check(`${node.name} loads DRBD 8.4`, async () =>
      (await lab.sshMust(node.name, 'modprobe drbd && cat /proc/drbd')).includes('version: 8.4'),
    );
  }
  for (const network of lab.plan.networks) {
    await check(`${network.name} carries packets between all nodes`, () => pings(lab, network.name));
    await check(`${network.name} carries a stream between two nodes`, () => streams(lab, network.name, report));
  }
  for (const cable of lab.plan.cables) await check(`serial cable ${cable.name}`, () => serial(lab, cable));
  const [first, second] = lab.plan.nodes;
  if (first && second) {
    for (const device of lab.plan.fencing.filter((candidate) => candidate.nodes.includes(first.name))) {
      await check(`${second.name} resets ${first.name} through ${device.name}`, () =>
        fenced(lab, device.name, first, second),
      );
    }
    await check(`${first.name} comes back after a power cut`, () => powerCycled(lab, first));
    await check(`a cable of ${first.name} is pulled and plugged in`, () => cablePulled(lab, first, second));
    await check(`a disk of ${first.name} fails and is mended`, () => diskFails(lab, first));
  }
  return held;
}

async function named(lab: Lab, node: LabNode): Promise<boolean> {
  const addresses = node.interfaces.flatMap((i) => i.addresses.map((address) => `${i.name} ${address}`));
  const parts = node.disks.flatMap((disk) => disk.parts.map((part) => part.path));
  const said = await lab.sshMust(
    node.name,
    `uname -n; ip -o addr | awk '{print $2, $4}'; for f in ${parts.join(' ')}; do test -b $f && echo $f; done; ` +
      node.interfaces.map((i) => `ethtool -k ${i.name} | grep -c 'tcp-segmentation-offload: off'`).join('; '),
  );
  const lines = said.split('\n');
  return (
    lines[0] === node.name &&
    [...addresses, ...parts].every((wanted) => lines.includes(wanted)) &&
    lines.filter((line) => line === '1').length === node.interfaces.length
  );
}

function endsOn(lab: Lab, network: string): { readonly node: LabNode; readonly address: string }[] {
  return lab.plan.nodes.flatMap((node) => {
    const address = node.interfaces.find((i) => i.network === network)?.addresses[0]?.replace(/\/.*/, '');
    return address === undefined ? [] : [{ node, address }];
  });
}

async function pings(lab: Lab, network: string): Promise<boolean> {
  const ends = endsOn(lab, network);
  for (const from of ends) {
    for (const to of ends) {
      if (from !== to) await lab.sshMust(from.node.name, `ping -c 3 -i 0.2 -W 2 -q ${to.address}`);
    }
  }
  return ends.length > 1;
}

/** With offloads on, a stream stalls where pings pass. */
async function streams(lab: Lab, network: string, report: (line: string) => void): Promise<boolean> {
  const [from, to] = endsOn(lab, network);
  if (!from || !to) return false;
  const receiver = lab.ssh(to.node.name, 'timeout 20 nc -l -p 9999 | wc -c', { timeout: 30 });
  await until(5, async () => (await lab.ssh(to.node.name, 'ss -Hltn sport = :9999')).stdout !== '');
  const sent = await lab.sshMust(
    from.node.name,
    `dd if=/dev/zero bs=1M count=32 2>/tmp/dd | timeout 20 nc -N -w 5 ${to.address} 9999; tail -n 1 /tmp/dd`,
  );
  report(`  ${network}: ${sent.trim()}`);
  return (await receiver).stdout.trim() === String(32 * 1024 * 1024);
}

async function serial(lab: Lab, cable: LabCable): Promise<boolean> {
  const [from, to] = cable.ends;
  if (!from || !to) return false;
  const carried = async (word: string): Promise<boolean> => {
    const listen = lab.ssh(to.node, `stty raw -echo < /dev/ttyS${to.port}; timeout 4 cat /dev/ttyS${to.port}`);
    await lab.sshMust(
      from.node,
      `stty raw -echo < /dev/ttyS${from.port}; sleep 1; echo ${word} > /dev/ttyS${from.port}; sleep 1`,
    );
    return (await listen).stdout.includes(word);
  };
  const whole = await carried('whole');
  await setSerial(lab, false);
  const cut = await carried('pulled');
  await setSerial(lab, true);
  return whole && !cut;
}

async function fenced(lab: Lab, device: string, victim: LabNode, by: LabNode): Promise<boolean> {
  const found = lab.plan.fencing.find((candidate) => candidate.name === device);
  const before = await bootId(lab, victim);
  const parameters = `hostname=${victim.name} ipaddr=${found?.address ?? ''} userid=ha passwd=lab-drill interface=lanplus`;
  await lab.sshMust(by.name, `stonith -t external/ipmi ${parameters} -T reset ${victim.name}`);
  return backWithAnotherBoot(lab, victim, before);
}

async function powerCycled(lab: Lab, node: LabNode): Promise<boolean> {
  const before = await bootId(lab, node);
  await powerCut(lab, node.name);
  const { nodes } = await lab.order({ verb: 'status' });
  if (nodes[node.name] !== undefined) return false;
  await powerOn(lab, node.name);
  return backWithAnotherBoot(lab, node, before);
}

async function bootId(lab: Lab, node: LabNode): Promise<string> {
  return (await lab.sshMust(node.name, 'cat /proc/sys/kernel/random/boot_id')).trim();
}

async function backWithAnotherBoot(lab: Lab, node: LabNode, before: string): Promise<boolean> {
  const seconds = await lab.reachable(node.name, BACK);
  return seconds !== undefined && (await bootId(lab, node)) !== before;
}

async function cablePulled(lab: Lab, node: LabNode, other: LabNode): Promise<boolean> {
  const network = lab.plan.networks[lab.plan.networks.length - 1]?.name ?? '';
  const address = endsOn(lab, network).find((end) => end.node === node)?.address ?? '';
  const answers = async (): Promise<boolean> =>
    (await lab.ssh(other.name, `ping -c 1 -W 2 -q ${address}`)).status === 0;
  await cutNetwork(lab, network, node.name);
  const cut = await answers();
  await healNetwork(lab, network, node.name);
  return !cut && (await until(10, answers));
}

async function diskFails(lab: Lab, node: LabNode): Promise<boolean> {
  const part = node.disks[0]?.parts[0]?.path;
  if (part === undefined) return true;
  // Written in place: what is there before and after is the same.
  const writes = async (): Promise<boolean> =>
    (await lab.ssh(node.name, `dd if=${part} bs=4096 count=1 status=none | dd of=${part} bs=4096 oflag=direct`))
      .status === 0;
  await setDisk(lab, node.name, part, 'write-errors');
  const failing = await writes();
  await setDisk(lab, node.name, part, 'whole');
  return !failing && (await writes());
}
