import type { DrbdResourceFacts } from '../../topology/drbd';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import { buildResource07 } from './build-0-7';
import { buildResource, filledSections, optionSections, type ModernVersion, type OptionSections } from './build-modern';
import { option, raw, section, textOf, type DrbdConf, type DrbdItem, type DrbdOption } from './syntax';

/**
 * drbd.conf(5) of a host: every resource it is a peer of, in the dialect of its DRBD. It is the same on all hosts with
 * the same resources.
 * @throws FormatError for facts that the dialect has no words for
 */
export function build(topology: Topology, host: EntityId): DrbdConf {
  const resources = [...lookup(topology).drbdResourcesOf(host)].sort(byMinor);
  const [first] = resources;
  if (!first) return { items: [] };
  const other = resources.find((resource) => resource.version !== first.version);
  if (other)
    throw new FormatError(
      {
        format: 'drbd.conf',
        what: `host '${lookup(topology).host(host).name}'`,
        problem: `has resources of DRBD ${first.version} ('${first.name}') and ${other.version} ('${other.name}')`,
        remedy: 'use one generation of DRBD on a host',
      },
      other.path,
    );
  if (first.version === '0.7')
    return { items: resources.map((resource) => naming(resource, () => buildResource07(topology, resource))) };
  return { items: buildModern(topology, resources, first.version) };
}

function buildModern(topology: Topology, resources: readonly DrbdResourceFacts[], version: ModernVersion): DrbdItem[] {
  const sections = resources.map((resource) => naming(resource, () => optionSections(topology, resource, version)));
  const shared = sharedOptions(sections);
  const common = filledSections(shared);
  return [
    section('global', [], [option('usage-count', raw('no'))]),
    ...(common.length > 0 ? [section('common', [], common)] : []),
    ...resources.map((resource, index) =>
      naming(resource, () => buildResource(topology, resource, version, without(sections[index] ?? new Map(), shared))),
    ),
  ];
}

/** Options that every one of several resources has with the same value. */
function sharedOptions(all: readonly OptionSections[]): OptionSections {
  const [first, ...others] = all;
  if (!first || others.length === 0) return new Map();
  return new Map(
    [...first].map(([name, options]) => {
      const texts = others.map((sections) => new Set(sections.get(name)?.map(written)));
      const inAll = (text: string): boolean => texts.every((known) => known.has(text));
      return [name, options.filter((candidate) => inAll(written(candidate)))];
    }),
  );
}

function without(sections: OptionSections, shared: OptionSections): OptionSections {
  return new Map(
    [...sections].map(([name, options]) => {
      const common = new Set(shared.get(name)?.map(written));
      if (common.size === 0) return [name, options];
      return [name, options.filter((candidate) => !common.has(written(candidate)))];
    }),
  );
}

/** No word of drbd.conf holds a line break. */
const written = ({ name, values }: DrbdOption): string => `${name}\n${values.map(textOf).join('\n')}`;

/** Resources in the order of their devices, as operators count them. */
const byMinor = (a: DrbdResourceFacts, b: DrbdResourceFacts): number =>
  (a.volumes[0]?.minor ?? 0) - (b.volumes[0]?.minor ?? 0);

const naming = <T>(resource: DrbdResourceFacts, make: () => T): T => FormatError.naming(resource.path, make);
