import { must } from '../lab/host/execute';
import type { Project } from './project';

/** Builds the image of a project at one of its daemons and gives it to another one, which then makes all containers of both. */
export async function buildOnce(project: Project, at: string, other: string): Promise<void> {
  const [first = ''] = project.hostsOf(at);
  await project.compose(['build', first], 300, at);
  const config = await project.compose(['config'], 60, at);
  const [, image = ''] = /^ +image: (\S+)$/m.exec(config) ?? [];
  const [from, to] = [at, other].map((daemon) => project.endpointOf(project.hostsOf(daemon)[0])) as [string, string];
  await must('sh', ['-c', 'docker -H "$1" save "$3" | docker -H "$2" load', 'sh', from, to, image], { timeout: 300 });
}
