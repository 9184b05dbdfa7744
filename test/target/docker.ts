import { TerraformStack, Testing } from 'cdktf';
import { Deployment, DirectoryServer, Host, Network, Site, type DirectoryServerProps } from '../../lib/index';
import { DockerTarget, TargetError, type DockerTargetProps } from '../../lib/target/index';

/** A value of cdk.tf.json. */
export type Json = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** A cdk.tf.json with containers. */
export interface DockerJson {
  readonly terraform: { readonly required_providers: { readonly docker: Json } };
  readonly provider: { readonly docker: readonly Json[] };
  readonly resource: Resources;
}

/** A target of a deployment in a stack of its own. */
export function targetFor(deployment: Deployment, props: Partial<DockerTargetProps> = {}): DockerTarget {
  return new DockerTarget(new TerraformStack(Testing.app(), 'stack'), 'docker', { deployment, ...props });
}

/** What a target makes of a deployment. */
export const terraformOf = (deployment: Deployment, props: Partial<DockerTargetProps> = {}): DockerJson =>
  JSON.parse(Testing.synth(targetFor(deployment, props).cdktfStack)) as DockerJson;

/** Why a deployment is refused. */
export const failure = (deployment: Deployment, props: Partial<DockerTargetProps> = {}): string => {
  try {
    terraformOf(deployment, props);
  } catch (error) {
    if (error instanceof TargetError) return error.message;
    throw error;
  }
  return 'nothing was refused';
};

/** A deployment of one server. */
export function server(props: Partial<DirectoryServerProps> = {}): {
  deployment: Deployment;
  site: Site;
  lan: Network;
} {
  const deployment = new Deployment(undefined, 'single', { timeServers: ['192.0.2.1'] });
  const site = new Site(deployment, 'hq');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  const host = new Host(site, 'one-host', { interfaces: { eth0: lan.address('192.0.2.11') } });
  new DirectoryServer(deployment, 'one', { host, ...props });
  return { deployment, site, lan };
}
