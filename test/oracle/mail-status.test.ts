import { balancerProbe, balancerQuestions, proxyServers } from '../../lib/operate/balancer/state';
import { mailProbe } from '../../lib/operate/mail/status/probe';
import { mailQuestions } from '../../lib/operate/mail/status/questions';
import { mailState } from '../../lib/operate/mail/status/state';
import { readSections } from '../../lib/operate/status/sections';
import { renderHost } from '../../lib/render/render';
import { lookup } from '../../lib/topology/lookup';
import { buildMail } from '../support/mail';
import { BALANCER, configurationOf } from './haproxy';
import { oracle, runInNamespace } from './support';

const topology = buildMail('table').topology();
const [balancer, server] = ['hq/hq-lb1', 'hq/hq-mail2'].map((id) => lookup(topology).host(id));
if (!balancer || !server) throw new Error('the fixture lacks a host');

/** What status asks a balancer and the peer of a mail server. */
const PROBE = [
  ...balancerProbe(balancerQuestions(topology, balancer)),
  ...mailProbe(mailQuestions(topology, server)),
].join('\n');

const SCRIPT = `set -eu
files=$1
mount -t tmpfs tmpfs /mnt
sink() { smtp-sink -h "$1" -u postfix "192.0.2.$2:25" 100 >/dev/null 2>&1 & echo $! >"/mnt/$1.pid"; } # NAME LAST
sink mail1 11
sink mail2 12
${BALANCER}
balance "$files/haproxy.cfg"
look() { echo "@@ $1"; sh "$files/probe" 2>/dev/null || :; } # ROUND
# Before its first check a server counts as up.
checked() { printf 'show stat\\n' | socat -t 2 - UNIX-CONNECT:/run/haproxy/admin.sock | grep -c L7OK; }
until [ "$(checked)" = 2 ]; do sleep 0.05; done
look well
kill -STOP "$(cat /mnt/mail1.pid)"
shows 10 front-hq-25 'mx-hq-mail1:DOWN mx-hq-mail2:UP'
look hangs
master=$(cat /run/haproxy.pid)
workers=$(cat "/proc/$master/task/$master/children")
kill -KILL "$(cat /mnt/mail1.pid)" "$master"
# They may end with their master.
kill -KILL $workers 2>/dev/null || :
look gone
`;

oracle(
  'haproxy',
  'says how it sees mail servers, and servers greet or do not, as status asks them',
  () => {
    const { status, stdout, stderr } = runInNamespace(['sh', '{}/run', '{}'], {
      hostname: 'hq-lb1',
      addresses: [11, 12, 13, 100].map((last) => ({ interface: 'eth0', address: `192.0.2.${last}/24` })),
      files: { 'haproxy.cfg': configurationOf(renderHost(topology, balancer.id)), probe: PROBE, run: SCRIPT },
    });
    expect([status, stderr]).toEqual([0, '']);
    const rounds = new Map(
      stdout
        .split('@@ ')
        .slice(1)
        .map((round) => {
          const [name = '', ...lines] = round.split('\n');
          const sections = readSections(lines.join('\n'));
          const servers = proxyServers(sections.get('haproxy'))?.map(({ proxy, server: one, status: is, check }) =>
            `${proxy} ${one} ${is} ${check}`.trim(),
          );
          return [name, { servers, greetings: mailState(mailQuestions(topology, server), sections, 0)?.greetings }];
        }),
    );
    expect(Object.fromEntries(rounds)).toEqual({
      well: {
        servers: ['front-hq-25 mx-hq-mail1 UP L7OK', 'front-hq-25 mx-hq-mail2 UP L7OK', 'front-hq-25 BACKEND UP'],
        greetings: { 'mx-hq-mail1': true, 'mx-hq-mail2': true },
      },
      hangs: {
        servers: ['front-hq-25 mx-hq-mail1 DOWN L7TOUT', 'front-hq-25 mx-hq-mail2 UP L7OK', 'front-hq-25 BACKEND UP'],
        greetings: { 'mx-hq-mail1': false, 'mx-hq-mail2': true },
      },
      gone: { servers: undefined, greetings: { 'mx-hq-mail1': false, 'mx-hq-mail2': true } },
    });
  },
  120_000,
);
