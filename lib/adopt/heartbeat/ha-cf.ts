import { unknownDirectives } from '../../render/ha-cf/directives';
import { parse } from '../../render/ha-cf/parse';
import type { HaCfDirective } from '../../render/ha-cf/syntax';
import { parseTime } from '../../render/ha-cf/time';
import type { SourceLocation } from '../../render/source';
import type { AutoFailback, TimingFacts } from '../../topology/cluster';
import type { Milliseconds } from '../../topology/units';
import { unknownKeyword, unreadableValue } from '../files/rules';
import type { InputFile } from '../input';
import type { Remarks } from '../remarks';
import type { SourceMap } from '../source-map';
import { linkLines, type LinkLine } from './links';

/** The one cluster that files describe: its id and path. */
export const CLUSTER = 'heartbeat';

const DEFAULT_BAUD = 19200;
const DEFAULT_PORT = 694;

/** What ha.cf says, line by line; links and devices are completed when all files are known. */
export interface HaCfDraft {
  readonly nodes: readonly string[];
  readonly links: readonly LinkLine[];
  readonly stonith: readonly HaCfDirective[];
  readonly timing: TimingFacts;
  readonly udpPort: number;
  readonly baud: number;
  readonly autoFailback: AutoFailback;
  readonly dopd: boolean;
  /** The directive that puts a resource manager in charge. */
  readonly manager?: HaCfDirective;
  readonly extraDirectives: readonly { readonly name: string; readonly value: string }[];
}

const TIMES = ['keepalive', 'warntime', 'deadtime', 'initdead'] as const;

/** Reads ha.cf. */
export function readHaCf(input: InputFile | undefined, remarks: Remarks, sources: SourceMap): HaCfDraft {
  const { tree, errors } = parse(input?.text ?? '', input?.file);
  remarks.faults.push(...errors);
  for (const { name, location } of unknownDirectives(tree))
    remarks.finding(unknownKeyword, {
      path: CLUSTER,
      problem: 'Heartbeat does not know this directive and does not start with it',
      value: name,
      remedy: 'mend its name or remove it',
      location,
    });
  const directives = tree.items.filter((item) => item.kind === 'directive').filter((item) => item.words.length > 0);
  const reader = new DirectiveReader(directives, remarks, sources);
  const nodes = [...new Set(reader.all('node').flatMap((directive) => directive.words))];
  reader.place('nodes', reader.all('node')[0]?.location);
  const links = directives.flatMap((directive) => linkLines(directive, CLUSTER, remarks) ?? []);
  reader.place('links', links[0]?.location);
  const stonith = [...reader.all('stonith_host'), ...reader.all('stonith')];
  reader.place('fencing', stonith[0]?.location);
  const dopd = directives.filter(isDopd);
  reader.place('dopd', dopd[0]?.location);
  return {
    nodes,
    links,
    stonith,
    timing: Object.fromEntries(TIMES.map((time) => [time, reader.time(time)])),
    udpPort: reader.number('udpport', 'udpPort') ?? DEFAULT_PORT,
    baud: reader.number('baud', 'baud') ?? DEFAULT_BAUD,
    autoFailback: readFailback(reader),
    dopd: dopd.some((directive) => directive.name === 'respawn'),
    manager: directives.find(isResourceManager),
    extraDirectives: directives
      .filter((directive) => !MODELLED.has(directive.name) && !isDopd(directive))
      .map((directive) => {
        sources.add(CLUSTER, directive.location, `extraDirectives.${directive.name}`);
        return { name: directive.name, value: directive.words.join(' ') };
      }),
  };
}

const MODELLED: ReadonlySet<string> = new Set([
  ...[
    'node',
    'ucast',
    'ucast6',
    'bcast',
    'udp',
    'mcast',
    'mcast6',
    'serial',
    'baud',
    'udpport',
    'stonith',
    'stonith_host',
  ],
  ...['auto_failback', 'nice_failback', ...TIMES],
]);

const isDopd = ({ name, words }: HaCfDirective): boolean =>
  (name === 'respawn' && words.some((word) => word.endsWith('/dopd'))) || (name === 'apiauth' && words[0] === 'dopd');

const isResourceManager = ({ name, words }: HaCfDirective): boolean =>
  (name === 'crm' || name === 'pacemaker') && !/^(?:no|off|false|0|n|f)$/iu.test(words[0] ?? '');

/** Absent, Heartbeat decides as in its first versions; `nice_failback` is the older name, with the opposite meaning. */
function readFailback(reader: DirectiveReader): AutoFailback {
  const [given] = reader.all('auto_failback');
  const [older] = reader.all('nice_failback');
  reader.place('autoFailback', (given ?? older)?.location);
  if (!given) return older && isOn(older.words[0]) ? 'off' : 'legacy';
  return given.words[0]?.toLowerCase() === 'legacy' ? 'legacy' : isOn(given.words[0]) ? 'on' : 'off';
}

const isOn = (word = ''): boolean => /^(?:on|yes|true|1|y|t)$/iu.test(word);

class DirectiveReader {
  constructor(
    private readonly directives: readonly HaCfDirective[],
    private readonly remarks: Remarks,
    private readonly sources: SourceMap,
  ) {}

  all(name: string): readonly HaCfDirective[] {
    return this.directives.filter((directive) => directive.name === name);
  }

  place(property: string, location: SourceLocation | undefined): void {
    this.sources.add(CLUSTER, location, property);
  }

  time(name: (typeof TIMES)[number]): Milliseconds | undefined {
    return this.read(name, `timing.${name}`, parseTime, "write seconds without a unit, or milliseconds as '500ms'");
  }

  number(name: string, property: string): number | undefined {
    const whole = (text: string): number | undefined => (/^\d{1,7}$/u.test(text) ? Number(text) : undefined);
    return this.read(name, property, whole, 'write a whole number');
  }

  private read<T>(
    name: string,
    property: string,
    parseWord: (text: string) => T | undefined,
    remedy: string,
  ): T | undefined {
    // The last of several lines counts.
    const directive = this.all(name).at(-1);
    if (!directive) return undefined;
    this.place(property, directive.location);
    const [text = ''] = directive.words;
    const value = parseWord(text);
    if (value === undefined)
      this.remarks.finding(unreadableValue, {
        path: CLUSTER,
        problem: `Heartbeat refuses the value of ${name}`,
        value: text,
        remedy,
        location: directive.location,
      });
    return value;
  }
}
