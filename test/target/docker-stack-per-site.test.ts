import path from 'node:path';
import { TerraformStack } from 'cdktf';
import { DockerTarget } from '../../lib/target/index';
import { directoryOnTwoSites } from '../support/two-sites';
import { appIn, filesBelow, withFolder } from './stack';

interface DockerJson {
  readonly provider: { readonly docker: readonly object[] };
  readonly resource: Readonly<Record<string, Readonly<Record<string, { readonly provider?: string }>>>>;
}

/** Providers that resources name. */
const providersOf = (json?: DockerJson): readonly unknown[] => [
  ...new Set(
    Object.values(json?.resource ?? {}).flatMap((resources) =>
      Object.values(resources).flatMap(({ provider }) => (provider === undefined ? [] : [provider])),
    ),
  ),
];

/** Resources that a stack refers to and does not have, and states of others that it reads. */
function strangersIn(json?: DockerJson): readonly string[] {
  const text = JSON.stringify(json);
  const named = [...text.matchAll(/\b(terraform_data|docker_[a-z]+)\.([A-Za-z][A-Za-z0-9_-]*)/g)].filter(
    ([, type = '', name = '']) => type !== 'docker_' && !json?.resource[type]?.[name],
  );
  return [...named.map(([whole]) => whole), ...(text.includes('terraform_remote_state') ? ['another state'] : [])];
}

describe('a stack for each site: deployed in stages (R20)', () => {
  test('has the containers of its site, and one folder has a compose.yaml for each', () => {
    withFolder((folder) => {
      const { deployment, sites } = directoryOnTwoSites();
      const app = appIn(folder);
      sites.forEach((site) => {
        const stack = new TerraformStack(app, site.node.id);
        new DockerTarget(stack, `docker-${site.node.id}`, {
          deployment,
          site,
          daemons: { [site.node.id]: { endpoint: `ssh://root@${site.node.id}` } },
        });
      });
      app.synth();
      const files = filesBelow(path.join(folder, 'cdktf.out'));
      const [north, south] = ['north', 'south'].map(
        (name) => JSON.parse(files[`stacks/${name}/cdk.tf.json`] ?? '') as DockerJson,
      );
      expect(Object.keys(north?.resource['docker_container'] ?? {})).toEqual(['host_h1']);
      expect(Object.keys(south?.resource['docker_container'] ?? {})).toEqual(['host_h2']);
      expect(north?.provider.docker).toEqual([{ alias: 'docker-north_north', host: 'ssh://root@north' }]);
      expect(south?.provider.docker).toEqual([{ alias: 'docker-south_south', host: 'ssh://root@south' }]);
      expect(providersOf(south)).toEqual(['docker.docker-south_south']);
      expect(strangersIn(south)).toEqual([]);
      // Its files name the server of the other site; nothing that Terraform connects to does.
      expect(JSON.stringify(south)).not.toMatch(/root@north|docker-north|host_h1|far-north-lan/);
      expect(Object.keys(files).filter((name) => name.includes('compose'))).toEqual([
        'tandem/far/compose.docker-north.north.yaml',
        'tandem/far/compose.docker-south.south.yaml',
      ]);
    });
  });
});
