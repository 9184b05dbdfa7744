import { by } from '../topology/order';
import type { DrbdResourceFacts } from '../topology/drbd';
import type { SecretFacts } from '../topology/secret';
import type { ExtraOptionFacts } from '../topology/topology';
import { SHARED_SECRET } from './drbd/resource-settings';
import { HEARTBEAT_SECRET } from './heartbeat/authkeys';
import type { PlacedFencing } from './heartbeat/fencing';
import { CLUSTER, type HaCfDraft } from './heartbeat/ha-cf';

/** Names for the secrets that files hold; the values stay where they are. */
export function adoptedSecrets(
  resources: readonly DrbdResourceFacts[],
  fencing: readonly PlacedFencing[],
  authkeys: boolean,
): readonly SecretFacts[] {
  const shared = resources
    .filter((resource) => resource.net.sharedSecret !== undefined)
    .map((resource) => resource.path);
  const secrets: SecretFacts[] = [
    ...(authkeys
      ? [{ name: HEARTBEAT_SECRET, purpose: 'cluster nodes sign their heartbeats', usedBy: [CLUSTER] }]
      : []),
    ...(shared.length > 0
      ? [{ name: SHARED_SECRET, purpose: 'DRBD peers authenticate each other', usedBy: shared.sort() }]
      : []),
    ...fencing.flatMap(({ facts }) =>
      facts.parameters.flatMap((parameter) =>
        'secret' in parameter
          ? [{ name: parameter.secret, purpose: 'a fencing device lets the cluster in', usedBy: [facts.path] }]
          : [],
      ),
    ),
  ];
  return secrets.sort(by((entity) => entity.name));
}

/** Options that the model does not know, sorted by path, section and name. */
export function extraOptionsOf(resources: readonly DrbdResourceFacts[], ha: HaCfDraft): readonly ExtraOptionFacts[] {
  const options = [
    ...resources.flatMap((resource) =>
      (['startup', 'disk', 'net'] as const).flatMap((section) =>
        Object.entries(resource[section].extraOptions).map(([name, value]) => ({
          path: resource.path,
          section,
          name,
          value,
        })),
      ),
    ),
    ...ha.extraDirectives.map(({ name, value }) => ({ path: CLUSTER, section: 'ha.cf', name, value })),
  ];
  const key = (option: ExtraOptionFacts): string => `${option.path} ${option.section} ${option.name}`;
  return options.sort(by(key));
}
