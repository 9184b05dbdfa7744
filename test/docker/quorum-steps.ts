import { strict as assert } from 'node:assert';
import { Deployment } from '../../lib/index';
import { MvaultMultimaster } from '../../stacks/mvault-multimaster';
import { DirectoryView } from './directory';
import { within } from './engine';
import { Project } from './project';
import type { Steps } from './steps';

const MASTERS = ['master1-host', 'master2-host', 'master3-host'];
const [ONE = '', TWO = '', CUT = ''] = MASTERS;

/** LDAP's "unwilling to perform": a database that takes no writes. */
const UNWILLING = 53;

/** Most seconds in which a master that is cut off may still take writes. */
const WINDOW = 5;

/** The stack `mvault-multimaster`: a master that sees no majority takes no writes. */
export async function quorumSteps(endpoint: string, steps: Steps): Promise<void> {
  const project = new Project(endpoint);
  const directory = new DirectoryView(project, 'dc=example,dc=com');
  const others = (): readonly string[] => directory.hosts.filter((host) => host !== CUT);
  const network = async (verb: 'connect' | 'disconnect', ...args: readonly string[]): Promise<string> => {
    const name = `${project.topology.name}-hq-lan`;
    return project.docker(['network', verb, ...args, name, project.container(CUT)]);
  };
  const body = async (): Promise<void> => {
    await steps.step('a mesh of three masters and two shadows opens', async () => {
      await project.synthStack((app) => {
        const stack = new MvaultMultimaster(app);
        return stack.node.children.find((child) => child instanceof Deployment) as Deployment;
      });
      await project.compose(['up', '-d', '--build'], 300);
      await directory.healthy(180);
      return undefined;
    });
    await steps.step('a write at each master is read at all servers', async () => {
      await within(60, `${ONE} takes writes`, () =>
        directory.addSuffix(ONE).then(
          () => true,
          () => false,
        ),
      );
      for (const host of MASTERS) {
        await directory.say(host, `of ${host}`);
        await directory.allSay(`of ${host}`);
      }
      return undefined;
    });
    await steps.step('a master that is cut off refuses writes, and the others go on', async () => {
      const writer = directory.writeUntilRefused(CUT, 60);
      await network('disconnect');
      const cut = Date.now();
      const { accepted, result } = await writer;
      assert.equal(result, UNWILLING);
      const window = (accepted - cut) / 1000;
      assert.ok(window < WINDOW, `it took writes for ${window} s`);
      for (const host of [ONE, TWO]) {
        await directory.say(host, `without ${CUT}, of ${host}`);
        await directory.allSay(`without ${CUT}, of ${host}`, 20, others());
      }
      return `the last write ${window.toFixed(1)} s after the cut`;
    });
    await steps.step('connected again it takes writes, and all hold the same', async () => {
      const [address = ''] = project.topology.hosts
        .filter(({ name }) => name === CUT)
        .flatMap(({ interfaces }) => interfaces.map((one) => one.address));
      await network('connect', '--ip', address);
      await within(60, `${CUT} takes writes`, () =>
        directory.say(CUT, 'again').then(
          () => true,
          () => false,
        ),
      );
      await directory.allSay('again');
      await directory.allEqual(20);
      return undefined;
    });
  };
  try {
    await steps.group(body, () => project.compose(['logs', '--no-color', '--tail', '40']));
  } finally {
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
}
