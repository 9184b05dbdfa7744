/** A fenced block of a Markdown text that names the file it is a copy of. */
export interface Sample {
  readonly name: string;
  readonly text: string;
}

/** The blocks that follow a line `<!-- sample: NAME -->`. */
export function samplesOf(markdown: string): readonly Sample[] {
  return [...markdown.matchAll(/^<!-- sample: (\S+) -->\n+```\w*\n([\s\S]*?)^```$/gm)].map(
    ([, name = '', text = '']) => ({
      name,
      text,
    }),
  );
}
