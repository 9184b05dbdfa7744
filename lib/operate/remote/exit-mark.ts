import { shellWord } from '../../topology/shell-word';

/** A command line for a host, and how its end is known. */
export interface MarkedCommand {
  /** What the login shell of the host gets. */
  readonly text: string;
  /** A line of output as the command wrote it; nothing where only we wrote it. */
  line(line: string): string | undefined;
  /** The exit code of the command and its standard error; without the mark nobody knows whether it ran to its end. */
  end(stderr: string): { readonly status: number; readonly stderr: string } | undefined;
}

/**
 * Wraps a command so that its exit code comes with its output: the exit code 255 of ssh(1) is that of the command, or a
 * connection that broke in the middle of it, and the two must not be mixed up.
 * @param become words before the shell, for instance `sudo -n --`
 */
export function markEnd(command: string, become: string, nonce: string): MarkedCommand {
  const mark = `tandem-exit-${nonce}`;
  // The subshell keeps an `exit` of the command, or a mistake in its syntax, from taking the mark with it.
  const wrapper = `c=$1; shift; (eval "$c"); printf '%s %s\\n' ${mark} "$?" >&2`;
  const text = `${become}/bin/sh -c ${shellWord(wrapper)} sh ${shellWord(command)}`;
  const pattern = new RegExp(`${mark} ([0-9]{1,3})\\n`);
  return {
    text,
    line: (line) => {
      const at = line.indexOf(`${mark} `);
      return at < 0 ? line : at === 0 ? undefined : line.slice(0, at);
    },
    end: (stderr) => {
      const found = pattern.exec(stderr);
      // Something that the command left running may have written since.
      return found ? { status: Number(found[1]), stderr: stderr.replace(found[0], '') } : undefined;
    },
  };
}
