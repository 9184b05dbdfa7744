import { instanceDirectory, instanceName, instanceUnit, QUEUE_PROGRAM } from '../../topology/mail-instances';
import type { ServicePortFacts } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { queueScript } from '../mail-queue/script';
import { plainName } from '../pattern';
import { masterServices } from '../postfix/master-services';
import { printMain, printMaster } from '../postfix/print';
import { programFile, readableFile } from '../readable-file';
import { printScript } from '../shell/script';
import { mailHost, type MailHost, type MailInstance } from './build';
import { instanceParameters } from './instance';
import { lookupTable, printLookupTable } from './lookups';
import { nullClientParameters } from './null-client';
import { printTable, tablesOf } from './tables';

/** Both instances of a mail host, its null client and the program that starts and stops the instances. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const found = mailHost(topology, host);
  if (!found) return [];
  const [own] = found.instances;
  const source = own.server.path;
  return [
    ...configuration('/etc/postfix', source, { kind: 'restart', unit: 'postfix.service' }, () => ({
      main: printMain(nullClientParameters(topology, found)),
      master: printMaster(masterServices([])),
    })),
    ...found.instances.flatMap((instance) => instanceFiles(topology, found, instance)),
    programFile(QUEUE_PROGRAM, source, () => printScript(queueScript(found))),
  ];
}

const SMTP: readonly ServicePortFacts[] = [{ port: 25, protocol: 'tcp', from: 'clients' }];

function instanceFiles(topology: Topology, host: MailHost, instance: MailInstance): RenderedFile[] {
  const { pair } = host;
  const { server } = instance;
  const { path: source } = server;
  const name = FormatError.naming(source, () => plainName('main.cf', 'the name of a mail server', server.name));
  const folder = instanceDirectory({ name });
  const activation: FileActivation = { kind: 'reload-if-active', unit: instanceUnit({ name }) };
  return [
    ...configuration(folder, source, activation, () => ({
      main: printMain(instanceParameters(topology, pair, instance)),
      master: printMaster(masterServices(SMTP, instanceName(server))),
    })),
    ...lookups(topology, host, folder, activation),
  ];
}

function configuration(
  folder: string,
  source: ConstructPath,
  activation: FileActivation,
  print: () => { readonly main: string; readonly master: string },
): RenderedFile[] {
  const { main, master } = FormatError.naming(source, print);
  const header = headerComment(source);
  const more = { checker: 'postfix', activation } as const;
  return [
    readableFile(`${folder}/main.cf`, source, () => header + main, more),
    readableFile(`${folder}/master.cf`, source, () => header + master, more),
  ];
}

/** What an instance looks up: tables, or a directory. The pair says both, for each of its instances. */
function lookups(
  topology: Topology,
  { pair, instances: [own] }: MailHost,
  folder: string,
  activation: FileActivation,
): RenderedFile[] {
  const { configuration, path: source } = pair;
  const header = headerComment(source);
  if (configuration.kind === 'table')
    return tablesOf(pair, configuration).map(({ name, entries }) =>
      readableFile(`${folder}/${name}`, source, () => header + printTable(entries), { activation }),
    );
  const table = lookupTable(topology, pair, configuration, own.server);
  return [
    {
      ...readableFile(`${folder}/directory.cf`, source, () => header + printLookupTable(table), { activation }),
      mode: '0640',
      group: 'postfix',
      secrets: table.secret === undefined ? [] : [table.secret],
    },
  ];
}
