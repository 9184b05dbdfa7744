import { strict as assert } from 'node:assert';
import path from 'node:path';
import { directoryOnTwoSites } from '../support/two-sites';
import { DirectoryView } from './directory';
import { startEngine, within, type OwnEngine } from './engine';
import { buildOnce } from './image';
import { Project } from './project';
import { connect } from './route';
import type { Steps } from './steps';

const MASTER = { host: 'h1', server: 's1' };
const MIRROR = { host: 'h2', server: 's2' };
const SHADOW = 'h3';

/** A failover group on two daemons, of which one is lost with the master and comes back. */
export async function daemonSteps(south: OwnEngine, repository: string, steps: Steps): Promise<void> {
  const north = await startEngine(steps.report, false);
  const project = new Project({
    north: { endpoint: north.endpoint, hosts: [MASTER.host] },
    south: { endpoint: south.endpoint, hosts: [MIRROR.host, SHADOW] },
  });
  const directory = new DirectoryView(project, 'dc=example,dc=com');
  const line = (): Promise<void> =>
    connect({ engine: north, cidr: '10.0.0.0/24' }, { engine: south, cidr: '10.0.1.0/24' });
  /** The command line, where containers of the south are reached as on the machine of their daemon. */
  const tandem = (...args: readonly string[]): Promise<string> =>
    south.run(['env', '-C', project.folder, 'node', path.join(repository, 'scripts/tandem.mjs'), ...args], {
      timeout: 120,
    });
  const writer = (host: string): Promise<readonly string[]> => directory.setting(host, 'olcUpdateRef');
  const body = async (): Promise<void> => {
    await steps.step('from nothing to a group on two daemons, and writes that follow', async () => {
      await project.synth(directoryOnTwoSites({ shadow: true }).deployment);
      await buildOnce(project, 'south', 'north');
      await Promise.all(['north', 'south'].map((daemon) => project.compose(['up', '-d', '--no-build'], 120, daemon)));
      await line();
      await directory.healthy(120);
      await directory.addSuffix(MASTER.host);
      await directory.say(MASTER.host, 'first');
      await directory.allSay('first');
      return undefined;
    });
    await steps.step('a daemon is lost with the master, and a forced switch goes on at the other one', async () => {
      await north.kill();
      await tandem('switch', project.topology.name, '--forced', '--to', MIRROR.server, '--yes');
      await directory.say(MIRROR.host, 'without the first');
      await directory.allSay('without the first', 20, [MIRROR.host, SHADOW]);
      return undefined;
    });
    await steps.step('the daemon comes back, and its master stays closed', async () => {
      await north.start(false);
      await line();
      await within(60, 'the master sees that another one is master', async () =>
        (await project.compose(['logs', '--no-color'], 60, 'north')).includes('a returned master'),
      );
      assert.deepEqual(await directory.setting(MASTER.host, 'olcRestrict'), ['all']);
      assert.deepEqual(await directory.setting(MASTER.host, 'olcReadOnly'), ['TRUE']);
      assert.deepEqual(await writer(SHADOW), await writer(MIRROR.host));
      await directory.say(MIRROR.host, 'beside the first');
      await directory.allSay('beside the first', 20, [MIRROR.host, SHADOW]);
      return undefined;
    });
    await steps.step('tandem rejoin makes it a mirror through docker exec', async () => {
      const daemons = [MASTER.host, MIRROR.host].map((host) => `${host}=${project.endpointOf(host)}`);
      const told = await tandem('rejoin', project.topology.name, MASTER.server, '--yes', '--docker', ...daemons);
      assert.match(told, /s1 is a mirror of s2/);
      await directory.open(60);
      await directory.say(MIRROR.host, 'with the first');
      await directory.allSay('with the first');
      return undefined;
    });
  };
  const down = (daemon: string): Promise<string> => project.compose(['down', '-v', '-t', '5'], 120, daemon);
  try {
    await steps.group(body, async () =>
      (
        await Promise.all(
          ['north', 'south'].map((daemon) =>
            project.compose(['logs', '--no-color', '--tail', '25'], 60, daemon).catch((error: Error) => error.message),
          ),
        )
      ).join('\n'),
    );
  } finally {
    // The north goes with all that it has.
    await down('south');
    await north.stop();
    project.remove();
  }
}
