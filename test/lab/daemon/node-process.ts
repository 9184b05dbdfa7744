import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { LabDirectory, LabState } from '../host/directory';
import { allowedProcessors } from '../host/processors';
import { alive, killGroup, recordOf, type ProcessRecord } from '../host/process-record';
import type { LabNode, LabPlan } from '../topology-lab/plan';

/** One node: a User-Mode Linux process that is started and cut off, any number of times. */
export class NodeProcess {
  private record?: ProcessRecord;
  /** The plug is pulled: the power switch cannot start it. */
  unplugged = true;

  constructor(
    private readonly directory: LabDirectory,
    private readonly state: LabState,
    private readonly plan: LabPlan,
    readonly node: LabNode,
    private readonly changed: () => void,
  ) {}

  get running(): ProcessRecord | undefined {
    return this.record && alive(this.record) ? this.record : undefined;
  }

  start(): void {
    if (this.running) return;
    const console = this.directory.node(this.node.name, 'console.log');
    appendFileSync(console, `--- power on ${new Date().toISOString()}\n`);
    const log = openSync(console, 'a');
    // A group of its own, which a power cut kills as a whole.
    const child = spawn('taskset', ['--cpu-list', String(this.processor()), this.state.kernel, ...this.commandLine()], {
      cwd: this.directory.node(this.node.name),
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.record = child.pid === undefined ? undefined : recordOf(child.pid);
    child.once('error', () => this.changed());
    child.once('exit', () => this.changed());
    this.changed();
  }

  async cut(): Promise<boolean> {
    const gone = this.record === undefined || (await killGroup(this.record));
    if (gone) this.record = undefined;
    this.changed();
    return gone;
  }

  /**
   * A node has one processor. Kernel and programs of a node are processes of this machine that take turns many times in a
   * moment: on two processors each turn wakes the other one up, and a program takes three times as long to start.
   */
  private processor(): number {
    const processors = allowedProcessors();
    const index = this.plan.nodes.findIndex(({ name }) => name === this.node.name);
    return processors[index % processors.length] ?? 0;
  }

  private commandLine(): string[] {
    const { name, disks, interfaces, setupDevice } = this.node;
    const serial = this.plan.cables.flatMap((cable) =>
      cable.ends
        .filter((end) => end.node === name)
        .map((end) => `ssl${end.port}=tty:${this.directory.file('cables', `${cable.name}-${name}`)}`),
    );
    return [
      `umid=${name}`,
      `uml_dir=${this.directory.node(name, 'run')}`,
      `mem=${this.state.memory}M`,
      `ubd0=root.cow,${this.state.image}`,
      ...disks.map((disk, index) => `ubd${index + 1}=${disk.file}`),
      `ubd${disks.length + 1}r=setup.tar`,
      'root=/dev/ubda',
      'rw',
      'con=null',
      'con0=null,fd:1',
      'ssl=null',
      ...serial,
      ...interfaces.map((i) => `${i.device}:transport=tap,ifname=${i.tap},mac=${i.mac}`),
      `lab.setup=${setupDevice}`,
      'quiet',
    ];
  }
}
