import type { DrbdFencing, DrbdProtocol } from '../topology/drbd';
import { PEER_OUTDATER } from '../topology/peer-outdater';
import { SecretRef } from './values/secret-ref';

/**
 * Nothing is acknowledged from the loss of the peer on until its copy is marked as outdated or it was reset: whichever node
 * goes on has every acknowledged write (X2, X4). By protocol A it could not have, and DRBD refuses the policy.
 */
export const defaultFencing = (protocol: DrbdProtocol): DrbdFencing =>
  protocol === 'A' ? 'resource-only' : 'resource-and-stonith';

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
