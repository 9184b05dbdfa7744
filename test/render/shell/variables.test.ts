import { FormatError } from '../../../lib/render/format-error';
import { printVariables } from '../../../lib/render/shell/variables';

test('quotes values so that a shell expands nothing', () => {
  expect(printVariables([{ name: 'OPTIONS', value: `-m '$HOME' \`id\`` }])).toBe("OPTIONS='-m '\\''$HOME'\\'' `id`'\n");
});

test('fails for a name that is a command', () => {
  expect(() => printVariables([{ name: 'X=1; id #', value: '' }])).toThrow(FormatError);
});
