import { readFileSync, writeFileSync } from 'node:fs';
import { powerCut } from '../faults';
import type { Outcome } from '../host/execute';
import { terraformEnvironment, withAgent } from '../terraform-environment';
import { LabError } from '../topology-lab/plan';
import { withChangedFile, withTimeout } from './changed-stack';
import type { Drill } from './drill';
import type { Pair } from './pair';
import { rejoin } from './power-cut';
import type { Session } from './session';

/** Seconds that one run of Terraform may take. */
const RUN = 240;
/** Seconds that an apply of two hosts may take. */
const APPLY = 20;
/** How long Terraform tries to reach a host that does not let it in. */
const PATIENCE = '20s';

const FILE = '/etc/postfix/main.cf';
const SETTING = /^message_size_limit = (\d+)$/m;

/** Terraform runs again on a pair that works: only what was changed changes, and what is refused changes nothing. */
export const changedDeployment: Drill = {
  name: 'changed-deployment',
  title: 'Terraform runs again: nothing changed, a changed line, a file that is refused, host keys of others',
  run: async (session) => {
    const { pair, active, standby } = session;
    const before = await stateOf(pair);
    await session.start();
    await session.inject('Terraform runs again', async () => {
      await inStack(pair, async (stack) => {
        await nothingChanges(session, 'a second apply changes nothing');
        await changedLine(session, stack);
        const changed = await stateOf(pair);
        await refusedFile(session, stack, active);
        await hostKeysOfOthers(session, stack);
        const kept = await stateOf(pair);
        session.check('what was refused has changed nothing on either node', same(kept, changed));
      });
      const began = Date.now();
      const { status, stdout } = await terraform(pair, ['apply', '-auto-approve']);
      const seconds = (Date.now() - began) / 1000;
      session.check('the stack of before is applied again', status === 0, complaint(status, stdout));
      const what = `an apply of both hosts takes at most ${APPLY} s`;
      session.add({ what, held: seconds <= APPLY, detail: `${seconds.toFixed(1)} s`, timed: true });
    });
    await nothingChanges(session, 'an apply after that changes nothing');
    session.check(`${active} and ${standby} are as they were`, same(await stateOf(pair), before));
    session.judge();
    session.check(
      'no client was refused',
      session.measured.every(({ failed }) => failed === 0),
      session.measured.flatMap(({ client, failed }) => (failed > 0 ? [`${client}: ${failed}`] : [])).join(', '),
    );
    await session.verify();
    session.checkNothingLost();
  },
};

/** The standby is without power while the files of both nodes change. */
export const deployWithoutStandby: Drill = {
  name: 'deploy-without-standby',
  title: 'The standby has no power while Terraform brings a changed line to both nodes',
  run: async (session) => {
    const { pair, standby, active } = session;
    const before = await stateOf(pair);
    await session.start();
    await session.inject(`power of ${standby} cut`, () => powerCut(pair.lab, standby));
    await inStack(pair, async (stack) => {
      writeStack(pair, withTimeout(withChangedFile(stack, pair.nodes, FILE, otherSetting), PATIENCE));
      const { status, stdout, stderr } = await terraform(pair, ['apply', '-auto-approve']);
      const failed = [...stderr.matchAll(/with terraform_data\.(\w+),/g)].map(([, name]) => name);
      session.check('the apply fails', status !== 0);
      session.check(`only the resource of ${standby} fails`, failed.join() === `host_${standby}`, failed.join(', '));
      session.check(`the files of ${active} are checked`, stdout.includes(`host_${active}: Creation complete`));
    });
    const [kept, known] = [await stateOf(pair), before].map((state) => state.filter(({ node }) => node === active));
    session.check(`${active} keeps its files and services until both can take new ones`, same(kept ?? [], known ?? []));
    await rejoin(session, standby);
    const { status, stdout } = await terraform(pair, ['apply', '-auto-approve']);
    session.check('an apply with both goes through', status === 0, complaint(status, stdout));
    await session.verify();
    session.checkNothingLost();
  },
};

async function nothingChanges(session: Session, what: string): Promise<void> {
  const { status, stdout } = await terraform(session.pair, ['plan', '-detailed-exitcode']);
  session.check(what, status === 0, complaint(status, stdout));
}

/** One line differs: the plan shows it and nothing else, both nodes get it, and the service that uses it reloads. */
async function changedLine(session: Session, stack: string): Promise<void> {
  const { pair, active, standby } = session;
  const before = await stateOf(pair);
  writeStack(pair, withChangedFile(stack, pair.nodes, FILE, otherSetting));
  const { stdout: plan } = await terraform(pair, ['plan']);
  const lines = [...plan.matchAll(/^ +([-+]) (message_size_limit = \d+)$/gm)].map(([, sign]) => sign).join('');
  session.check('the plan shows the changed line of each host', lines === '-+-+', lines);
  const others = [...plan.matchAll(/^ +[-+] (?!message_size_limit|resource )(.*)$/gm)].map(([, line]) => line);
  session.check('the plan shows no other line', others.length === 0, others.slice(0, 3).join('; '));
  const { status, stdout } = await terraform(pair, ['apply', '-auto-approve']);
  session.check('it is applied', status === 0, complaint(status, stdout));
  const touched = [...stdout.matchAll(/tandem: (?:changed|removed|enabled|ran|restarted|reloaded) .*/g)].map(
    ([line]) => line,
  );
  session.check(
    `the file changes on both, and ${active} reloads its service`,
    [...touched].sort().join() ===
      [`tandem: changed ${FILE}`, `tandem: changed ${FILE}`, 'tandem: reloaded postfix.service'].join(),
    touched.join(', '),
  );
  session.check(
    `${standby} leaves its service alone`,
    stdout.includes('postfix.service does not run here: left alone'),
  );
  const after = await stateOf(pair);
  const differing = after.map(({ files }, index) =>
    [...files].filter(([path, hash]) => before[index]?.files.get(path) !== hash).map(([path]) => path),
  );
  session.check(
    'no other file differs',
    differing.every((paths) => paths.join() === FILE),
    differing.join('; '),
  );
  session.check(
    'no service was started, stopped or restarted',
    after.every(({ services }, index) => services === before[index]?.services),
  );
}

/** The checker of one node refuses a file: neither node takes the good ones. */
async function refusedFile(session: Session, stack: string, host: string): Promise<void> {
  const { pair } = session;
  const good = withChangedFile(stack, pair.nodes, '/etc/hosts', (content) => `${content}192.0.2.1 refused\n`);
  writeStack(
    pair,
    withChangedFile(good, [host], FILE, (content) => `${content}no setting\n`),
  );
  const { status, stdout, stderr } = await terraform(pair, ['apply', '-auto-approve']);
  const told = `${stdout}${stderr}`.includes(`${FILE} was refused; nothing was changed on this host`);
  session.check(`a bundle with a file that ${host} refuses fails, and says which`, status !== 0 && told);
}

/** Each host shows the key of the other one. */
async function hostKeysOfOthers(session: Session, stack: string): Promise<void> {
  const { pair } = session;
  writeStack(pair, withTimeout(stack, PATIENCE));
  const known = JSON.parse(terraformEnvironment(pair.lab, pair.topology)['TF_VAR_host_keys_ssh'] ?? '{}') as Record<
    string,
    string
  >;
  const swapped = Object.fromEntries(pair.nodes.map((node) => [node, known[pair.other(node)]]));
  const { status, stderr } = await terraform(pair, ['apply', '-auto-approve'], {
    TF_VAR_host_keys_ssh: JSON.stringify(swapped),
  });
  session.check(
    'a wrong host key is refused',
    status !== 0 && /key mismatch|knownhosts/.test(stderr),
    lastLines(stderr),
  );
}

/** Runs something that writes other stacks, and writes the one of before again. */
async function inStack(pair: Pair, action: (stack: string) => Promise<void>): Promise<void> {
  const stack = readFileSync(stackFile(pair), 'utf8');
  try {
    await action(stack);
  } finally {
    writeStack(pair, stack);
  }
}

function stackFolder({ lab }: Pair): string {
  return lab.directory.file('terraform', 'cdktf.out', 'stacks', lab.plan.name);
}

function stackFile(pair: Pair): string {
  return `${stackFolder(pair)}/cdk.tf.json`;
}

function writeStack(pair: Pair, stack: string): void {
  writeFileSync(stackFile(pair), stack);
}

function otherSetting(content: string): string {
  return content.replace(SETTING, (_line, size: string) => `message_size_limit = ${Number(size) - 1}`);
}

async function terraform(
  pair: Pair,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const { lab, topology } = pair;
  const command = [`-chdir=${stackFolder(pair)}`, ...words, '-no-color', '-compact-warnings'];
  const [agent = '', ...rest] = withAgent(lab);
  const outcome = await lab.namespace.run(agent, [...rest, 'terraform', ...command], {
    timeout: RUN,
    env: { ...terraformEnvironment(lab, topology), ...environment },
  });
  if (outcome.timedOut) throw new LabError(`terraform ${words.join(' ')} took more than ${RUN} s`);
  return outcome;
}

/** What an apply may change on a node. */
interface NodeState {
  readonly node: string;
  /** Hashes of the files that it got, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Which services run, and since when: a reload does not count. */
  readonly services: string;
}

async function stateOf({ lab, nodes, topology }: Pair): Promise<readonly NodeState[]> {
  const units = ['heartbeat.service', ...topology.services.map(({ unit }) => unit)].join(' ');
  const command = [
    `awk '$1 == "file" {print $2}' '/var/lib/tandem/${topology.name}/manifest' | xargs sha256sum`,
    'echo services',
    `systemctl show --property=Id,ActiveState,ActiveEnterTimestampMonotonic ${units}`,
  ].join('; ');
  const states = nodes.map(async (node): Promise<NodeState | undefined> => {
    const { status, stdout } = await lab.ssh(node, command);
    if (status !== 0) return undefined;
    const [hashes = '', services = ''] = stdout.split('\nservices\n');
    const files = new Map(
      hashes.split('\n').map((line): [string, string] => [line.slice(66).trim(), line.slice(0, 64)]),
    );
    return { node, files, services };
  });
  return (await Promise.all(states)).filter((state) => state !== undefined);
}

function same(some: readonly NodeState[], others: readonly NodeState[]): boolean {
  const text = (states: readonly NodeState[]): string =>
    JSON.stringify(states.map(({ node, files, services }) => [node, [...files], services]));
  return some.length > 0 && text(some) === text(others);
}

/** What Terraform said last, where it failed. */
function complaint(status: number, said: string): string {
  return status === 0 ? '' : lastLines(said);
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ').slice(0, 300);
}
