import { detectDialect, unknownKeywords } from '../../render/drbd-conf/keywords';
import type { DrbdConf, DrbdSection } from '../../render/drbd-conf/syntax';
import type { DrbdResourceFacts, DrbdVersion } from '../../topology/drbd';
import { repeatedResource, unknownKeyword } from '../files/rules';
import type { AdoptInput } from '../input';
import type { FileFinding, Remarks } from '../remarks';
import type { SourceMap } from '../source-map';
import { readWithIncludes } from './include';
import { isStacked } from './peers';
import { nameOf, readResource, resourcePath } from './resource';
import { sectionsIn } from './settings';
import { deviceOf, volumesIn } from './volumes';

/** What drbd.conf and its includes say. */
export interface AdoptedDrbd {
  readonly version: DrbdVersion;
  readonly resources: readonly DrbdResourceFacts[];
  /** Names of resources that lie on others; they are not in the topology. */
  readonly stacked: readonly string[];
  /** Their devices. */
  readonly stackedDevices: readonly string[];
}

/** Reads drbd.conf. `nodes` are the nodes of the cluster as far as other files name them. */
export function adoptDrbd(
  input: NonNullable<AdoptInput['drbd']>,
  nodes: readonly string[],
  remarks: Remarks,
  sources: SourceMap,
): AdoptedDrbd {
  const conf = readWithIncludes(input, input.readInclude, remarks);
  const version = detectDialect(conf);
  remarks.findings.push(...unknownKeywordFindings(conf, version));
  noteUnusual(conf, remarks);
  const common = sectionsIn(conf.items, 'common').flatMap((section) => section.body);
  const named = namedResources(conf, remarks);
  const stacked = [...named].filter(([, section]) => isStacked(section));
  const resources = [...named].flatMap(([name, section]) => {
    if (!isStacked(section))
      return [
        readResource(section, name, {
          version,
          common,
          nodes,
          resourceNamed: (other) => (named.has(other) ? other : undefined),
          remarks,
          sources,
        }),
      ];
    remarks.note(
      `resource ${name} is stacked on others and is not judged: it joins clusters, not nodes`,
      section.location,
    );
    return [];
  });
  return {
    version,
    resources,
    stacked: stacked.map(([name]) => name),
    stackedDevices: stacked.flatMap(([, section]) =>
      sectionsIn(section.body, 'stacked-on-top-of').flatMap((part) =>
        [...volumesIn(part.body).values()].flatMap(({ device }) => (device ? (deviceOf(device)?.device ?? []) : [])),
      ),
    ),
  };
}

/** The resources by name; drbdadm refuses a name that is there twice. */
function namedResources(conf: DrbdConf, remarks: Remarks): ReadonlyMap<string, DrbdSection> {
  const named = new Map<string, DrbdSection>();
  for (const section of sectionsIn(conf.items, 'resource')) {
    const name = nameOf(section);
    if (name === undefined) continue;
    const first = named.get(name);
    if (!first) named.set(name, section);
    else
      remarks.finding(repeatedResource, {
        path: resourcePath(name),
        problem: `a resource of this name is already at line ${first.location?.line}; only that one is looked at`,
        value: name,
        remedy: 'give it another name or remove it',
        location: section.location,
      });
  }
  return named;
}

function unknownKeywordFindings(conf: DrbdConf, version: DrbdVersion): readonly FileFinding[] {
  return unknownKeywords(conf, version).map(({ keyword, section, location, knownIn }) => ({
    rule: unknownKeyword.id,
    severity: unknownKeyword.severity,
    requirements: unknownKeyword.requirements,
    path: 'drbd.conf',
    problem: `DRBD ${version} does not know this keyword${section === undefined ? '' : ` in section '${section}'`}`,
    value: keyword,
    remedy:
      knownIn.length > 0
        ? `it belongs to DRBD ${knownIn.join(', ')}: remove it or mend its name`
        : 'mend its name or remove it',
    location,
  }));
}

function noteUnusual(conf: DrbdConf, remarks: Remarks): void {
  for (const section of sectionsIn(conf.items, 'resource'))
    for (const proxy of [section, ...sectionsIn(section.body, 'on')].flatMap((part) => sectionsIn(part.body, 'proxy')))
      remarks.note('DRBD Proxy is set up here; the rules do not look at it', proxy.location);
}
