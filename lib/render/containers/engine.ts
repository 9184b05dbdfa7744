import type { ContainerRole } from './container-role';

/** What containers of one engine of directory servers have that those of another have not. */
export interface ContainerEngine extends Pick<
  Required<ContainerRole>,
  'packages' | 'answers' | 'afterwards' | 'startPeriod' | 'entryPoint' | 'take' | 'health' | 'systemctl'
> {
  /** Folders that outlive a container, by purpose. */
  readonly volumes: Readonly<Record<string, string>>;
}
