import type { EntityId } from '../../topology/units';

/** What happens to the servers of a directory. */
export type DirectoryFault =
  /** They end, without a word to anybody. */
  | { readonly kind: 'servers-lost'; readonly servers: readonly EntityId[] }
  /** They hear each other and nobody else, and nobody else hears them. All of them run on. */
  | { readonly kind: 'cut-off'; readonly servers: readonly EntityId[] };

/** The servers that still run, in groups whose members hear each other. */
export function sidesOf(servers: readonly EntityId[], fault: DirectoryFault): readonly (readonly EntityId[])[] {
  const rest = servers.filter((server) => !fault.servers.includes(server));
  const sides = fault.kind === 'servers-lost' ? [rest] : [rest, servers.filter((id) => fault.servers.includes(id))];
  return sides.filter((side) => side.length > 0);
}
