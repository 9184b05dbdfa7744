import { App, TerraformStack } from 'cdktf';
import { Deployment, Host, Network, Site } from '../../lib/index';
import { SshTarget } from '../../lib/target/index';
import { addDirectoryPair } from './directory-pair';
import { addGroupwarePair } from './groupware-pair';

/** What a pair serves: the directory of the README, or the whole groupware server of document 004. */
export type Scenario = 'directory' | 'groupware';

const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw';
const PAIRS = { directory: addDirectoryPair, groupware: addGroupwarePair };

/** The synth that is measured: each pair is a deployment in a stack of its own; an odd host stands alone. */
export function tandemApp(outdir: string, scenario: Scenario, hosts: number): App {
  const app = new App({ outdir });
  const add = (name: string, addHosts: (deployment: Deployment) => readonly Host[]): void => {
    const stack = new TerraformStack(app, name);
    const deployment = new Deployment(stack, name, { timeServers: ['10.0.0.1'] });
    const hostKey = Object.fromEntries(addHosts(deployment).map((host) => [host.name, HOST_KEY]));
    new SshTarget(stack, 'ssh', { deployment, connection: { hostKey } });
  };
  for (let pair = 1; 2 * pair <= hosts; pair++) {
    add(`pair-${pair}`, (deployment) => PAIRS[scenario](deployment, pair));
  }
  if (hosts % 2 === 1) add('single', addSingleHost);
  return app;
}

function addSingleHost(deployment: Deployment): readonly Host[] {
  const site = new Site(deployment, 'site');
  const lan = new Network(site, 'lan', { cidr: '10.0.0.0/24' });
  return [new Host(site, 'single', { interfaces: { eth0: lan.address('10.0.0.10') } })];
}
