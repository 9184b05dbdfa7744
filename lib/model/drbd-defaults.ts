import { PEER_OUTDATER } from '../topology/peer-outdater';
import { SecretRef } from './values/secret-ref';

/** Marks a lost peer's copy as outdated, so that it is never promoted, without freezing writes. */
export const defaultFencing = 'resource-only';

/** Asks the peer over the cluster's links, by the outdater that Debian's Heartbeat ships. */
export const defaultHandlers: Readonly<Record<string, string>> = {
  'fence-peer': PEER_OUTDATER,
};

/** One secret for all resources of a deployment. */
export function defaultSharedSecret(deployment: string): SecretRef {
  return SecretRef.named(`${secretPrefix(deployment)}_drbd`);
}

/** A deployment's name as the beginning of a secret's name. */
export function secretPrefix(deployment: string): string {
  return `s_${deployment}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^s_(?=[a-z])/, '')
    .slice(0, 40);
}
