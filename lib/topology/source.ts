import type { Topology } from './topology';

/** Something that a topology can be read from. Reading freezes it: later calls give the same topology. */
export interface TopologySource {
  readonly node: { readonly path: string };
  topology(): Topology;
}
