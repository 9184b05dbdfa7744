import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, LocalBackend, TerraformStack } from 'cdktf';
import { DockerTarget, SshTarget } from '../../lib/target/index';
import type { Site } from '../../lib/index';
import { directoryOnTwoSites, type TwoSites } from '../support/two-sites';
import { appIn, HOST_KEY, withFolder } from '../target/stack';
import { oracle } from './support';
import { Terraform } from './terraform';

const SECRETS = { far_directory_admin: 'value-that-nobody-may-see' };
const SITES = ['north', 'south'] as const;

interface Step {
  'remote-exec'?: { inline?: readonly string[]; connection?: { host: string } };
  'local-exec'?: { command: string };
}

interface Resource {
  connection?: { host: string };
  provisioner?: readonly Step[];
}

interface Stack {
  readonly resource: Record<string, Record<string, Resource>>;
  readonly [part: string]: unknown;
}

/** One deployment, and for each site a stack with a state of its own. */
function synthesize(folder: string, addTarget: (stack: TerraformStack, sites: TwoSites, site: Site) => void): TwoSites {
  const far = directoryOnTwoSites({ members: 2 });
  const app: App = appIn(folder);
  for (const site of far.sites) {
    const stack = new TerraformStack(app, site.node.id);
    new LocalBackend(stack, { path: `../../../${site.node.id}.tfstate` });
    addTarget(stack, far, site);
  }
  app.synth();
  const certificates = join(folder, 'far.certificates');
  for (const { name } of far.deployment.topology().directoryServers) {
    mkdirSync(join(certificates, name), { recursive: true });
    for (const file of ['server.crt', 'server.key'])
      writeFileSync(join(certificates, name, file), `${file} of ${name}`);
  }
  writeFileSync(join(certificates, 'ca.pem'), 'authority');
  return far;
}

/** Rewrites the stack of a site, and gives Terraform in its folder. */
function prepared(program: string, folder: string, site: string, rewrite: (stack: Stack) => object): Terraform {
  const file = join(folder, 'cdktf.out/stacks', site, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(rewrite(JSON.parse(readFileSync(file, 'utf8')) as Stack)));
  const terraform = new Terraform(program, join(folder, 'cdktf.out/stacks', site));
  expect(terraform.run('init -input=false -no-color')).toMatchObject({ status: 0 });
  return terraform;
}

/** The site in the south takes its files and has nothing to do then, while the one in the north fails. */
function expectSouthAlone(terraform: Readonly<Record<(typeof SITES)[number], Terraform>>, path?: string): void {
  const { north, south } = terraform;
  const apply = 'apply -auto-approve -input=false -no-color';
  expect(north.run(apply, SECRETS, path)).toMatchObject({ status: 1, output: expect.stringContaining('local-exec') });
  const applied = south.run(apply, SECRETS, path);
  expect(applied.output).toContain('Apply complete!');
  expect(applied.status).toBe(0);
  expect(south.run('plan -detailed-exitcode -input=false -no-color', SECRETS, path)).toMatchObject({
    status: 0,
    output: expect.stringContaining('No changes.'),
  });
}

/** Stands in for hosts that are reached over ssh: each connection is a look at who can be reached. */
function standIn(reachable: readonly string[], stack: Stack): Stack {
  for (const resource of Object.values(stack.resource['terraform_data'] ?? {})) {
    resource.provisioner &&= resource.provisioner.map((step) => {
      const host = (step['remote-exec']?.connection ?? resource.connection)?.host ?? 'nobody';
      const command = reachable.includes(host) ? 'true' : 'exit 1';
      return { 'local-exec': { command } };
    });
    delete resource.connection;
  }
  return stack;
}

oracle(
  'terraform',
  'the stack of a site over ssh is applied and planned while the other site is unreachable',
  (program) => {
    withFolder((folder) => {
      const far = synthesize(folder, (stack, { deployment, hosts }, site) => {
        const hostKey = Object.fromEntries(hosts.map(({ node }) => [node.id, HOST_KEY]));
        new SshTarget(stack, 'ssh', { deployment, site, connection: { hostKey } });
      });
      const reachable = far.deployment
        .topology()
        .hosts.filter(({ name }) => name === 'h3' || name === 'h4')
        .flatMap(({ interfaces }) => interfaces.map(({ address }) => address));
      expect(reachable).toHaveLength(2);
      const [north, south] = SITES.map((site) =>
        prepared(program, folder, site, (stack) => {
          const resources = Object.keys(stack.resource['terraform_data'] ?? {});
          expect(resources.filter((name) => name.startsWith('host_'))).toEqual(
            site === 'north' ? ['host_h1', 'host_h2'] : ['host_h3', 'host_h4'],
          );
          return standIn(reachable, stack);
        }),
      ) as [Terraform, Terraform];
      expectSouthAlone({ north, south });
    });
  },
  120_000,
);

oracle(
  'terraform',
  "the stack of a site's daemon is applied and planned while the daemon of the other site is unreachable",
  (program) => {
    withFolder((folder) => {
      synthesize(folder, (stack, { deployment }, site) => {
        const daemons = { [site.node.id]: { endpoint: `ssh://root@${site.node.id}` } };
        new DockerTarget(stack, `docker-${site.node.id}`, { deployment, site, daemons });
      });
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      writeFileSync(join(bin, 'docker'), '#!/bin/sh\n[ "$DOCKER_HOST" = ssh://root@south ] || { exit 1; }\ncat\n');
      chmodSync(join(bin, 'docker'), 0o755);
      // The provider is not at hand: what it makes is there already.
      const [north, south] = SITES.map((site) =>
        prepared(program, folder, site, ({ resource, ...stack }) => ({
          ...(JSON.parse(
            JSON.stringify({
              ...stack,
              provider: undefined,
              terraform: { ...(stack['terraform'] as object), required_providers: undefined },
            }),
          ) as object),
          resource: {
            terraform_data: JSON.parse(
              JSON.stringify(resource['terraform_data']).replace(/\$\{docker_container\.[^}]*\}/g, 'there already'),
            ) as object,
          },
        })),
      ) as [Terraform, Terraform];
      expectSouthAlone({ north, south }, `${bin}:${process.env['PATH']}`);
    });
  },
  120_000,
);
