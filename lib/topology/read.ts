import { TOPOLOGY_FORMAT_VERSION, type Topology } from './topology';

/** A text that is not a topology of this format version. */
export class TopologyFormatError extends Error {
  override readonly name = 'TopologyFormatError';
}

/** The text of `topology.json`: the same facts give the same bytes. */
export function printTopology(topology: Topology): string {
  return `${JSON.stringify(topology, null, 2)}\n`;
}

/**
 * Reads `topology.json` without the stack it came from.
 * @throws TopologyFormatError for text that is no JSON, another format version, or facts that break the schema
 */
export async function readTopology(text: string): Promise<Topology> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TopologyFormatError(
      `topology/json: the text is no JSON (${(error as Error).message}); run the synth again`,
    );
  }
  const { format, formatVersion } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (format !== 'tandem-topology') {
    throw new TopologyFormatError(
      `topology/format: the file is no topology (format ${JSON.stringify(format)}); name a topology.json below cdktf.out/tandem`,
    );
  }
  if (formatVersion !== TOPOLOGY_FORMAT_VERSION) {
    throw new TopologyFormatError(
      `topology/format-version: the file has another format version (${JSON.stringify(formatVersion)}, this is ${TOPOLOGY_FORMAT_VERSION}); run the synth again with this version`,
    );
  }
  // Loaded here: a command that reads no topology pays nothing for the schema compiler.
  const { schemaFaults } = await import('./schema.js');
  const faults = schemaFaults(value);
  if (faults.length > 0) throw new TopologyFormatError(faults.join('\n'));
  return value as Topology;
}
