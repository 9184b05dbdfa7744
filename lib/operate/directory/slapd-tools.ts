import { HOST_PATH } from '../pair/probe';

/**
 * The beginning of a command with programs that open a database: `as_slapd COMMAND...`. slapcat(8) and slapadd(8) must leave
 * no file of root in a database that slapd opens.
 */
export const AS_SLAPD = `${HOST_PATH}
as_slapd() { setpriv --reuid=openldap --regid=openldap --init-groups -- "$@"; }
`;
