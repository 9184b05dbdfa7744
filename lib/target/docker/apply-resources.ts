import { PROGRAMS } from '../../render/containers/places';
import { containerName } from '../../topology/container-name';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { SCRIPT_HASH } from '../ssh/apply/script';
import { BUNDLE_EXPRESSION, type Bundle } from '../ssh/bundle';
import type { HostCertificate } from '../ssh/certificates';
import { addressOf, hostResourceId } from '../ssh/resource-ids';
import { secretLines, SCRIPT_LOCAL, type Provisioner } from '../ssh/steps';
import { TargetError } from '../target-error';
import { containerResourceId } from './resources';

/** A host whose container takes files, with all that this needs. */
export interface Turn {
  readonly host: HostFacts;
  readonly endpoint: string;
  readonly bundle: Bundle;
  /** Where Terraform can read the files that the container reads. */
  readonly certificate?: Pick<HostCertificate, 'trigger' | 'preconditions'>;
}

/** What the resources of all hosts are made from. */
export interface ApplyProps {
  readonly topology: Topology;
  /** In the order in which they take files. */
  readonly turns: readonly Turn[];
  readonly secretGuard: string;
  /** Logical id of the last resource. */
  readonly openId: string;
}

/** A text in the environment of a process ends at 128 KiB on Linux (execve(2)). */
const LONGEST_TEXT = 120_000;

/** How long a directory may take from its first start until all of its servers are open. */
const OPEN_SECONDS = 300;

/**
 * A resource for each host, which brings its files into its container, and a last one that waits until all serve. Each
 * waits for the one before, whose server serves again by then.
 */
export function applyResources(props: ApplyProps): Record<string, object> {
  const { topology, turns } = props;
  const hosts = turns.map((turn, index) => {
    assertSize(turn);
    return [hostResourceId(turn.host.name), hostResource(props, turn, turns[index - 1])] as const;
  });
  const open = {
    depends_on: turns.map(({ host }) => addressOf(hostResourceId(host.name))),
    triggers_replace: {
      deployment: topology.name,
      bundles: Object.fromEntries(turns.map(({ host, bundle }) => [host.name, bundle.id])),
      containers: Object.fromEntries(turns.map(({ host }) => [host.name, containerId(host)])),
    },
    provisioner: turns.map(({ host, endpoint }) =>
      local(endpoint, `docker exec ${containerName(topology, host)} ${PROGRAMS.health} ${OPEN_SECONDS}`),
    ),
    '//': { metadata: { path: topology.path, uniqueId: props.openId } },
  };
  return { ...Object.fromEntries(hosts), [props.openId]: open };
}

function hostResource({ topology, secretGuard }: ApplyProps, turn: Turn, before?: Turn): object {
  const { host, endpoint, bundle, certificate } = turn;
  const container = containerName(topology, host);
  return {
    depends_on: [
      ...(before ? [addressOf(hostResourceId(before.host.name))] : []),
      ...(bundle.secrets.length > 0 ? [addressOf(secretGuard)] : []),
    ],
    triggers_replace: {
      ...bundle.trigger,
      bundle: bundle.id,
      script: SCRIPT_HASH,
      // A new container has lost what lies outside of its volumes.
      container: containerId(host),
      ...(certificate ? { certificate: certificate.trigger } : {}),
    },
    ...(certificate ? { lifecycle: { precondition: certificate.preconditions } } : {}),
    provisioner: [
      local(endpoint, CLIENT),
      // Terraform hides the output of a step that knows a secret, so this one does no more than it must.
      local(
        endpoint,
        `printf '%s%s%send\\n' "$TANDEM_SCRIPT" "$TANDEM_BUNDLE" "$TANDEM_SECRETS" | docker exec -i ${container} ${PROGRAMS.take} upload`,
        {
          TANDEM_SCRIPT: `\${local.${SCRIPT_LOCAL}}`,
          TANDEM_BUNDLE: BUNDLE_EXPRESSION,
          TANDEM_SECRETS: secretLines(bundle.secrets),
        },
      ),
      local(endpoint, `docker exec ${container} ${PROGRAMS.take} run`),
    ],
    '//': { metadata: { path: host.path, uniqueId: hostResourceId(host.name) } },
  };
}

const containerId = (host: HostFacts): string => `\${docker_container.${containerResourceId(host.name)}.id}`;

/** Without it the next step would say that its output is hidden, and no more. */
const CLIENT =
  'command -v docker >/dev/null || { ' +
  "echo 'tandem: ERROR: the docker client is not installed on this machine, and files reach containers through it; " +
  "install it beside terraform (Debian: docker.io)' >&2; exit 1; }";

function local(endpoint: string, command: string, environment: Readonly<Record<string, string>> = {}): Provisioner {
  return { 'local-exec': { command, environment: { DOCKER_HOST: endpoint, ...environment } } };
}

function assertSize({ host, bundle }: Turn): void {
  const files = bundle.trigger['files'] as Readonly<Record<string, string>>;
  const length = Object.values(files).reduce((sum, text) => sum + (Buffer.byteLength(text) * 4) / 3, 0);
  if (length <= LONGEST_TEXT) return;
  throw new TargetError(
    host.path,
    'docker/bundle-size',
    'the files of the host are more than the docker client gets at once, 90 kB',
    `${Math.ceil(length * 0.75)} bytes`,
    'make schema files smaller',
  );
}
