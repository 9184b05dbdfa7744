import { parse } from 'yaml';
import { alertRulesText } from '../../../lib/operate/status/alert-rules';
import { assess } from '../../../lib/operate/status/assess';
import type { HostLook } from '../../../lib/operate/status/facts';
import { prometheusText } from '../../../lib/operate/status/prometheus';
import { looks as mailLooks, topology as mail } from '../mail/looks';
import { changed, pair, recorded } from './recorded';

const exposed = (looks: readonly HostLook[]): string =>
  prometheusText(pair, assess(pair, looks, new Date('2026-11-22T20:00:00Z')));

interface Rules {
  readonly groups: readonly [{ readonly name: string; readonly rules: readonly Rule[] }];
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string; readonly backup?: string };
  readonly annotations: { readonly summary: string };
}

const rules = (): readonly Rule[] => (parse(alertRulesText(pair)) as Rules).groups[0].rules;

describe('the text file for node-exporter', () => {
  test('has help, type and samples of each metric together, and no line of another form', () => {
    const lines = exposed(recorded('healthy')).split('\n');
    expect(lines.pop()).toBe('');
    let current = '';
    const types = new Set<string>();
    for (const line of lines) {
      const [, help] = /^# HELP (tandem_[a-z_]+) .+$/.exec(line) ?? [];
      const [, type] = /^# TYPE (tandem_[a-z_]+) gauge$/.exec(line) ?? [];
      if (help !== undefined) current = help;
      else if (type !== undefined) {
        expect(type).toBe(current);
        expect(types).not.toContain(type);
        types.add(type);
      } else
        expect(line).toMatch(
          new RegExp(`^${current}\\{deployment="groupware"(,[a-z]+="[^"]*")*\\} (-?[0-9.]+|\\+Inf)$`),
        );
    }
    expect(types.size).toBeGreaterThan(15);
  });

  test.each([
    'tandem_status_timestamp_seconds{deployment="groupware"} 1795377600',
    'tandem_node_up{deployment="groupware",node="ox1"} 1',
    'tandem_group_served{deployment="groupware",cluster="ox",group="groupware"} 1',
    'tandem_group_nodes{deployment="groupware",cluster="ox",group="groupware"} 1',
    'tandem_group_running{deployment="groupware",node="ox2",cluster="ox",group="groupware"} 0',
    'tandem_service_active{deployment="groupware",node="ox1",group="groupware",service="slapd"} 1',
    'tandem_split_brain{deployment="groupware",resource="ldap",volume="0"} 0',
    'tandem_drbd_disk_up_to_date{deployment="groupware",node="ox2",resource="ldap",volume="0"} 1',
    'tandem_drbd_connected{deployment="groupware",node="ox2",resource="ldap",volume="0"} 1',
    'tandem_heartbeat_member_active{deployment="groupware",node="ox1",member="ox2"} 1',
    'tandem_heartbeat_link_up{deployment="groupware",node="ox1",link="/dev/ttyS0"} 1',
    'tandem_backup_age_seconds{deployment="groupware",node="ox1",backup="directory-dump"} +Inf',
    'tandem_backup_interval_seconds{deployment="groupware",backup="directory-dump"} 1800',
    'tandem_clock_offset_seconds{deployment="groupware",node="ox1"} 0',
  ])('says %s of a healthy pair', (line) => {
    expect(exposed(recorded('healthy')).split('\n')).toContain(line);
  });

  test('says what is wrong in numbers', () => {
    expect(exposed(recorded('split-brain'))).toMatch(/^tandem_split_brain\{.*resource="ldap".*\} 1$/m);
    expect(exposed(recorded('claimed'))).toMatch(/^tandem_group_served\{.*\} 0$/m);
    expect(exposed(recorded('resync'))).toMatch(
      /^tandem_drbd_out_of_sync_bytes\{.*node="ox1",resource="queue".*\} 167727104$/m,
    );
  });

  test('says nothing of what was not seen', () => {
    const looks = changed(recorded('claimed'), 'ox2', ({ heartbeat }) => ({
      heartbeat: { ...heartbeat, resources: 'none', nodes: { ...heartbeat.nodes, ox1: 'active' } },
    }));
    const text = exposed(looks);
    expect(text).toContain('tandem_node_up{deployment="groupware",node="ox1"} 0');
    expect(text).not.toMatch(/tandem_drbd.*node="ox1"/);
    expect(text).not.toContain('tandem_group_served');
    expect(text).not.toContain('tandem_file_drift');
  });

  test('escapes labels', () => {
    const named = { ...pair, name: 'a"b\\c\nd' };
    const text = prometheusText(named, assess(named, recorded('healthy'), new Date(0)));
    expect(text).toContain('{deployment="a\\"b\\\\c\\nd",node="ox1"} 1');
  });
});

describe('mail and load balancers', () => {
  const text = (different: Parameters<typeof mailLooks>[0] = {}): readonly string[] =>
    prometheusText(mail, assess(mail, mailLooks(different), new Date(0))).split('\n');

  test.each([
    'tandem_mail_server_greets{deployment="mail",pair="mx-hq",server="mx-hq-mail1"} 1',
    'tandem_mail_queue_served{deployment="mail",pair="mx-hq",server="mx-hq-mail1"} 1',
    'tandem_mail_queue_at_home{deployment="mail",pair="mx-hq",server="mx-hq-mail1"} 1',
    'tandem_mail_queue_hosts{deployment="mail",pair="mx-dr",server="mx-dr-mail2"} 1',
    'tandem_mail_server_hangs{deployment="mail",pair="mx-dr",server="mx-dr-mail2"} 0',
    'tandem_mail_queue_messages{deployment="mail",pair="mx-dr",server="mx-dr-mail2",queue="deferred"} 0',
    'tandem_mail_queue_oldest_seconds{deployment="mail",pair="mx-dr",server="mx-dr-mail2"} 0',
    'tandem_balancer_address_nodes{deployment="mail",balancer="front-hq"} 1',
    'tandem_balancer_active{deployment="mail",node="hq-lb2",balancer="front-hq"} 1',
    'tandem_balancer_server_up{deployment="mail",node="hq-lb2",balancer="front-hq",proxy="front-hq-25",server="mx-hq-mail1"} 1',
    'tandem_balancer_server_sessions{deployment="mail",node="hq-lb2",balancer="front-hq",proxy="front-hq-25",server="mx-hq-mail1"} 3',
  ])('say %s when all is well', (line) => {
    expect(text()).toContain(line);
  });

  test('say nothing of what was not seen', () => {
    const lines = text({
      'hq-mail1': { reached: false },
      'hq-mail2': { reached: false },
      'hq-lb1': { reached: false },
    });
    expect(lines.filter((line) => /tandem_mail.*pair="mx-hq"|address_nodes.*front-hq/.test(line))).toEqual([]);
  });

  test('have alerts that ask for metrics that are written, for a quarter of the lifetime too', () => {
    const found = (parse(alertRulesText(mail)) as Rules).groups[0].rules.filter(({ alert }) =>
      /^Tandem(Mail|Balancer)/.test(alert),
    );
    const written = text().join('\n');
    for (const { expr } of found)
      for (const [, name] of expr.matchAll(/(tandem_[a-z_]+)\{deployment="mail"/g))
        expect(written).toContain(`# TYPE ${name} gauge`);
    expect(found.map(({ expr }) => expr)).toContain(
      'tandem_mail_queue_oldest_seconds{deployment="mail",server="mx-hq-mail1"} > 108000',
    );
    expect(found).toHaveLength(13);
  });
});

describe('alert rules', () => {
  test('are a group of Prometheus rules with what each needs', () => {
    for (const rule of rules()) {
      expect(rule.alert).toMatch(/^Tandem[A-Za-z]+$/);
      expect(['critical', 'warning']).toContain(rule.labels.severity);
      expect(rule.annotations.summary).not.toBe('');
      expect(rule.for ?? '0s').toMatch(/^[0-9]+[ms]$/);
    }
  });

  test('ask only for metrics of this deployment that are written', () => {
    const text = exposed(changed(recorded('healthy'), 'ox1', () => ({ files: { compared: 1, drift: [] } })));
    for (const { expr } of rules()) {
      const metrics = [...expr.matchAll(/(tandem_[a-z_]+)(\{[^}]*\})/g)];
      expect(metrics.length).toBeGreaterThan(0);
      for (const [, name, labels] of metrics) {
        expect(text).toContain(`# TYPE ${name} gauge`);
        expect(labels).toContain('deployment="groupware"');
      }
    }
  });

  test('know the interval of each backup, and wait for the first dump', () => {
    const old = rules().filter(({ alert }) => alert === 'TandemBackupOld');
    expect(old.map(({ expr }) => expr)).toEqual([
      'tandem_backup_age_seconds{deployment="groupware",backup="database-dump"} > 3600',
      'tandem_backup_age_seconds{deployment="groupware",backup="directory-dump"} > 3600',
    ]);
    expect(old.map((rule) => rule.for)).toEqual(['1800s', '1800s']);
    // promtool takes rules of one name and the same labels for a mistake.
    expect(old.map(({ labels }) => labels)).toEqual([
      { severity: 'warning', backup: 'database-dump' },
      { severity: 'warning', backup: 'directory-dump' },
    ]);
  });

  test('call at once for a split brain and a group on two nodes', () => {
    const urgent = rules().filter((rule) => rule.for === undefined);
    expect(urgent.map(({ alert, labels }) => [alert, labels.severity])).toEqual([
      ['TandemGroupTwice', 'critical'],
      ['TandemSplitBrain', 'critical'],
    ]);
  });
});
