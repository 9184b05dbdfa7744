import { LOOKUP_AUTHORITIES } from '../../lib/topology/mail-instances';
import { buildMail } from '../support/mail';
import { onHost } from './fake-host';
import { HOST_KEY, resource, stackWith, terraformOf } from './stack';

const made = (kind: 'directory' | 'table') => {
  const deployment = buildMail(kind);
  const hostKey = Object.fromEntries(deployment.topology().hosts.map(({ name }) => [name, HOST_KEY]));
  return terraformOf(stackWith(deployment, { connection: { hostKey } }));
};

describe('a mail server that looks addresses up in a directory', () => {
  const host = resource(made('directory'), 'host_hq-mail1');
  const text = JSON.stringify(host.provisioner).replaceAll('\\"', '"');

  test('gets the certificate of the authority, which is read when the host is configured', () => {
    expect(text).toContain(
      `content ${LOOKUP_AUTHORITIES} \${base64encode(join("\\\\n", [file("\${path.module}/../../../mail.certificates/ca.pem")]))}`,
    );
    expect(host.triggers_replace.settings).toContain(
      `file ${LOOKUP_AUTHORITIES} 0644 root root authorities command\n` +
        `command ${LOOKUP_AUTHORITIES} systemctl try-reload-or-restart postfix-mx-hq-mail1.service postfix-mx-hq-mail2.service\n`,
    );
  });

  test('is configured anew when that changes, and says what makes it', () => {
    expect(host.triggers_replace.bundle).toContain('mail.certificates/ca.pem');
    const messages = host.lifecycle?.precondition.map((item) => item.error_message) ?? [];
    expect(messages.filter((message) => message.includes("run 'tandem certificates init mail'"))).not.toEqual([]);
  });
});

test('a mail server with tables gets none', () => {
  expect(JSON.stringify(resource(made('table'), 'host_hq-mail1'))).not.toContain(LOOKUP_AUTHORITIES);
});

test('what is no certificate is refused, and nothing is changed', () => {
  onHost((host) => {
    host.program('openssl', 'grep -q authority "$3"');
    const bundle = (content: string) => ({
      [LOOKUP_AUTHORITIES]: { content, mode: '0644', checker: 'authorities' as const },
    });
    expect(host.run(bundle('authority\n'), 'id-0')).toMatchObject({ status: 0 });
    const refused = host.run(bundle('nonsense\n'), 'id-1');
    expect(refused.status).not.toBe(0);
    expect(refused.output).toContain(`${LOOKUP_AUTHORITIES} was refused; nothing was changed on this host`);
    expect(host.read(LOOKUP_AUTHORITIES.slice(1))).toBe('authority\n');
  });
});
