import type { Milliseconds } from '../../topology/units';

/** A functions text of a POSIX shell, which a program of the image gets. */
export type ShellFunctions = string;

/** What containers of one engine of directory servers have that those of another have not. */
export interface ContainerEngine {
  /** Packages of Debian beside `openssl`, sorted. */
  readonly packages: readonly string[];
  /** Answers for debconf before they are installed. */
  readonly answers: readonly string[];
  /** Commands of the Dockerfile behind the installation. */
  readonly afterwards: readonly string[];
  /** Folders that outlive a container, by purpose. */
  readonly volumes: Readonly<Record<string, string>>;
  /** How long the first start may take before Docker counts failed health checks. */
  readonly startPeriod: Milliseconds;
  /** `begin`, before there are files; `serve`, which sets `server`, `status`, and ends with the server. */
  readonly entryPoint: ShellFunctions;
  /** `place_of_certificate`, which sets `tls` and `certificate_lines` from the uploaded bundle. */
  readonly take: ShellFunctions;
  /** `serves`, which says in `fault` why not. */
  readonly health: ShellFunctions;
  /** `process_file UNIT`, which prints a name in `/run/tandem`; `is_server UNIT`; `answers`. */
  readonly systemctl: ShellFunctions;
}
