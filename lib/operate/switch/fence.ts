import type { FencingDeviceFacts } from '../../topology/cluster';
import { fencingDevicesOf, issues } from '../../topology/fencing';
import { delayedPlugin } from '../../topology/stonith-plugins';
import { outcomeOf, UnfinishedError, type Operation } from '../pair/operation';
import type { Pair } from '../pair/pair';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';

/** The device that can switch the pair's peer off from the pair's node. */
export function fencingDeviceOf({ topology, cluster, node, peer }: Pair): FencingDeviceFacts | undefined {
  return fencingDevicesOf(topology, cluster).find(
    (device) => device.fences.includes(peer.id) && issues(cluster, device, node.id),
  );
}

/**
 * Switches the peer off by its fencing device. The device's settings, with their secrets, are those of ha.cf on the node
 * and stay there, in a file of root.
 * @throws UnfinishedError when the device does not confirm
 */
export async function fence(operation: Operation, pair: Pair, device: FencingDeviceFacts): Promise<void> {
  const { node, peer } = pair;
  operation.say(`${node.name}: switching ${peer.name} off by ${device.name} (${device.plugin})`);
  const outcome = await outcomeOf(operation, node, fenceCommand(pair, device), { timeout: 180 });
  if (outcome.status === 0) {
    operation.say(`${device.name} confirms that ${peer.name} is off`);
    return;
  }
  throw new UnfinishedError(
    `${device.name} does not confirm that ${peer.name} is off (status ${outcome.status}); nothing was promoted`,
    lastLines(`${outcome.stdout}\n${outcome.stderr}`),
    [
      `pull the plug of ${peer.name} and see that it is off, then:`,
      `tandem switch ${pair.topology.name} --forced --to ${node.name} --confirm-off ${peer.name}`,
    ],
  );
}

/** What the device said; that there is no logging daemon is no reason for anything. */
function lastLines(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && line !== 'logd is not running').slice(-5);
}

/**
 * Heartbeat's own line of the device is taken: that of its plugin, or of the one that waits before it, with all values
 * that are no secret. The plugin itself is used, for a person has decided already.
 */
export function fenceCommand({ node, peer }: Pair, device: FencingDeviceFacts): string {
  const known = device.parameters.map((parameter) => ('value' in parameter ? parameter.value : SECRET));
  return [
    HOST_PATH,
    'umask 077',
    'work=$(mktemp -d /run/tandem-fence.XXXXXX) || exit 1',
    `trap 'rm -rf -- "$work"' EXIT`,
    `awk -v plugin=${shellWord(device.plugin)} -v delayed=${shellWord(delayedPlugin(device.plugin))} -v self=${shellWord(node.name)} -v known=${shellWord(known.join(' '))} '
$1 == "stonith_host" && ($2 == self || $2 == "*") && ($3 == plugin || $3 == delayed) {
  count = split(known, want, " ")
  for (i = 1; i <= count; i++) if (want[i] != "${SECRET}" && want[i] != $(i + 3)) next
  $1 = $2 = $3 = ""
  sub(/^ +/, "")
  print
  exit
}' /etc/ha.d/ha.cf >"$work/device"`,
    `[ -s "$work/device" ] || { echo 'ha.cf has no line of this device' >&2; exit 1; }`,
    `timeout 120 stonith -t ${shellWord(device.plugin)} -F "$work/device" -T off ${shellWord(peer.name)}`,
  ].join('\n');
}

/** Stands for a value that only the host knows. */
const SECRET = '@secret@';
