import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Duration } from '../../../lib/index';
import type { HostLook, NodeState } from '../../../lib/operate/status/facts';
import { parseNodeState } from '../../../lib/operate/status/parse/node-state';
import { questionsFor } from '../../../lib/operate/status/questions';
import { readSections } from '../../../lib/operate/status/sections';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';

/**
 * What the probe printed on two nodes of ox-cold-standby in the lab: Debian 12, DRBD module 8.4.11 with drbd-utils
 * 9.22.0, Heartbeat 3.0.6, chrony 4.3, systemd 252. A host without a recording did not answer. Hashes and modes of
 * files were left out, and the deployment has the name of the one that unit tests build.
 *
 * `healthy`; `standby-off`: the power of ox2 cut; `resync`: all copies of ox2 invalidated, one after the other;
 * `link-cut`: only the replication link cut, and ox1 writes on; then the power of ox1 cut: `takeover-due` 12 s later,
 * `takeover-fails`, `claimed` at the end; `split-brain`: both are back, and ldap had been promoted on ox2, because dopd
 * on ox1 had crashed before it could outdate that copy; `disk-lost`: the disk of ldap fails on ox1, and / is full on ox2.
 */
export type Recording =
  | 'healthy'
  | 'standby-off'
  | 'resync'
  | 'link-cut'
  | 'takeover-due'
  | 'takeover-fails'
  | 'claimed'
  | 'split-brain'
  | 'disk-lost';

/** The deployment that was recorded. */
export const pair: Topology = groupwarePair(undefined, {
  monitoring: { interval: Duration.seconds(10), timeout: Duration.seconds(10), restartsBeforeSwitch: 3 },
});

/** What a host printed; undefined when it did not answer. */
export function recordedText(name: Recording, host: string): string | undefined {
  try {
    return readFileSync(path.join(__dirname, 'recordings', `${name}-${host}.txt`), 'utf8');
  } catch {
    return undefined;
  }
}

/** Both hosts as they were seen, the clock of this machine being right. */
export function recorded(name: Recording): readonly HostLook[] {
  return pair.hosts.map((host): HostLook => {
    const look = { host: host.id, name: host.name };
    const text = recordedText(name, host.name);
    if (text === undefined)
      return { ...look, reached: false, reason: `${host.name} is not reached (No route to host)` };
    const sections = readSections(text);
    const now = Number(sections.get('clock'));
    const moment = { asked: now - 0.05, answered: now + 0.05 };
    return { ...look, reached: true, state: parseNodeState(pair, host, questionsFor(pair, host), sections, moment) };
  });
}

/** The looks with the state of one host changed. */
export function changed(
  looks: readonly HostLook[],
  name: string,
  change: (state: NodeState) => Partial<NodeState>,
): readonly HostLook[] {
  return looks.map((look) =>
    look.name === name && look.reached ? { ...look, state: { ...look.state, ...change(look.state) } } : look,
  );
}

/** The state of a host that answered. */
export function stateOf(looks: readonly HostLook[], name: string): NodeState {
  const look = looks.find((candidate) => candidate.name === name);
  if (!look?.reached) throw new Error(`${name} did not answer`);
  return look.state;
}
