import { shellWord } from '../../topology/shell-word';
import { balancerProbe } from '../balancer/state';
import { mailProbe } from '../mail/status/probe';
import { holdsSecrets, maskScript } from './drift/mask';
import type { ExpectedFile } from './drift/file-drift';
import type { Questions } from './questions';
import { sectionCommand } from './sections';

/** How a dump is stamped: its names sort by time. */
const STAMP = `${'[0-9]'.repeat(8)}T${'[0-9]'.repeat(6)}Z`;

/** Programs of DRBD and Heartbeat; a login without a shell profile may not have them in its path. */
export const PRELUDE = 'PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; LC_ALL=C; export PATH LC_ALL';

/**
 * The script that looks at a host. It only reads, and starts as few programs as it can: on a machine in need each costs.
 * What might never return, a cluster manager or a file system that hangs, has a time limit of its own.
 */
export function probeScript(questions: Questions, files: readonly ExpectedFile[] | undefined): string {
  const { deployment, nodes, links, units, backups, directories, drbd9, mail, balancers } = questions;
  const words = (texts: readonly string[]): string => texts.map(shellWord).join(' ');
  const heartbeat = [
    ...nodes.map((node) => `echo node ${shellWord(node)} "$(cl_status nodestatus ${shellWord(node)})"`),
    ...links.map(
      ({ peer, link }) =>
        `echo link ${shellWord(link)} "$(cl_status hblinkstatus ${shellWord(peer)} ${shellWord(link)})"`,
    ),
    'echo resources "$(cl_status rscstatus)"',
  ].join('; ');
  return [
    PRELUDE,
    'exec 2>/dev/null',
    sectionCommand('clock'),
    'date +%s.%N',
    sectionCommand('proc'),
    `grep -H '' /proc/sys/kernel/hostname /proc/uptime /proc/drbd /proc/mounts ${shellWord(manifestFile(deployment))}`,
    sectionCommand('addresses'),
    'ip -o addr show',
    ...(drbd9 ? [sectionCommand('drbd9'), 'drbdsetup status --json'] : []),
    ...(units.length > 0 ? [sectionCommand('units'), `systemctl is-active ${words(units)}`] : []),
    ...(nodes.length > 0 ? [sectionCommand('heartbeat'), `timeout 15 sh -c ${shellWord(heartbeat)}`] : []),
    ...mailProbe(mail),
    ...balancerProbe(balancers),
    sectionCommand('backups'),
    ...backups.map(
      ({ name, directory }) =>
        `for f in ${shellWord(`${directory}/${name}-`)}${STAMP}.*; do :; done; ` +
        `[ ! -e "$f" ] || echo ${shellWord(name)} "\${f##*/}"`,
    ),
    sectionCommand('space'),
    `timeout 5 stat -f -c '%S %b %a %n' ${words(directories)}`,
    sectionCommand('chrony'),
    'timeout 5 chronyc -c tracking',
    ...(files ? filesQuestions(files) : []),
    sectionCommand('end'),
    '',
  ].join('\n');
}

/** Where the apply script keeps the list of what it put in place. */
export function manifestFile(deployment: string): string {
  return `/var/lib/tandem/${deployment}/manifest`;
}

function filesQuestions(files: readonly ExpectedFile[]): readonly string[] {
  const paths = files.map((file) => shellWord(file.path)).join(' ');
  const plain = files.filter((file) => !holdsSecrets(file.content)).map((file) => shellWord(file.path));
  return [
    ...(plain.length > 0 ? [sectionCommand('sums'), `sha256sum -- ${plain.join(' ')}`] : []),
    ...(paths === '' ? [] : [sectionCommand('modes'), `stat -c '%f %U %G %n' -- ${paths}`]),
    sectionCommand('compared'),
    ...files.filter((file) => holdsSecrets(file.content)).map(compareThere),
  ];
}

/**
 * Compares a file on its host, so that nothing of it leaves the host but the number of the first line that differs.
 * Prints the path, and behind it what cmp(1) says, if anything.
 */
export function compareThere({ path, content }: ExpectedFile): string {
  const file = shellWord(path);
  const shown = holdsSecrets(content) ? `sed -E ${shellWord(maskScript(content))} ${file}` : `cat ${file}`;
  const compare = `printf %s ${shellWord(content)} | { ${shown} | cmp - /dev/fd/3 2>&1; } 3<&0`;
  return `[ ! -f ${file} ] || echo ${file} "$(${compare})"`;
}

/** Prints the beginning of files, each in a section `file PATH`, in base64. */
export function contentScript(shown: readonly string[], compared: readonly ExpectedFile[]): string {
  return [
    PRELUDE,
    'exec 2>/dev/null',
    ...shown.flatMap((path) => [
      `echo ${shellWord(`== tandem file ${path}`)}`,
      `head -c 262144 ${shellWord(path)} | base64`,
    ]),
    sectionCommand('compared'),
    ...compared.map(compareThere),
    sectionCommand('end'),
    '',
  ].join('\n');
}
