import { matching } from '../pattern';
import { endpoint, type LdirectordConfiguration, type LdirectordSetting } from './build';

/** The text of ldirectord.cf (ldirectord(8), "Directives"): settings of a service stand behind four blanks. */
export function print({ settings, virtuals }: LdirectordConfiguration): string {
  return [
    settings.map(line).join(''),
    ...virtuals.map(
      (one) =>
        line([one.address.includes(':') ? 'virtual6' : 'virtual', endpoint(one.address, one.port)]) +
        one.settings.map((setting) => `    ${line(setting)}`).join(''),
    ),
  ].join('\n');
}

function line([name, value]: LdirectordSetting): string {
  const written = matching({
    format: 'ldirectord.cf',
    what: `the value of '${name}'`,
    value,
    pattern: /^(?:"[a-z]+"|[A-Za-z0-9_.:/[\]-]+(?: [a-z]+)?)$/,
    problem: 'has characters that mean something else there',
    remedy: 'give what it comes from another name',
  });
  return `${name} = ${written}\n`;
}
