import { AnnotationMetadataEntryType, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

const guarded = new WeakSet<IConstruct>();

/** What the validations of constructs, and their error annotations, say about a tree. */
export class TreeValidationError extends Error {
  override readonly name = 'TreeValidationError';

  constructor(readonly messages: readonly string[]) {
    super(`the stacks are not valid, nothing was written:\n  ${messages.join('\n  ')}`);
  }
}

/**
 * Lets the first stack that is validated stand for all of them. cdktf validates and writes one stack after the other, so
 * a fault of the second stack would be found when the first one is written already. An app that skips validation skips
 * this too.
 */
export function validateAllStacksFirst(root: IConstruct): void {
  if (guarded.has(root)) return;
  guarded.add(root);
  const seen = new Set<IConstruct>();
  let running = false;
  for (const stack of root.node.findAll().filter((construct) => TerraformStack.isStack(construct))) {
    stack.node.addValidation({
      validate: () => {
        if (running) return [];
        // A stack that comes again begins another synth.
        const first = seen.size === 0 || seen.has(stack);
        if (first) seen.clear();
        seen.add(stack);
        if (!first) return [];
        running = true;
        try {
          const messages = faultsOf(root);
          if (messages.length > 0) throw new TreeValidationError(messages);
        } finally {
          running = false;
        }
        return [];
      },
    });
  }
}

function faultsOf(root: IConstruct): string[] {
  // The command line of cdktf asks for annotations to be shown and not thrown.
  const annotationsCount = process.env['CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS'] === undefined;
  return root.node.findAll().flatMap((construct) => {
    const annotations = annotationsCount
      ? construct.node.metadata
          .filter((entry) => entry.type === AnnotationMetadataEntryType.ERROR)
          .map((entry) => String(entry.data))
      : [];
    return [...construct.node.validate(), ...annotations].map((message) => `[${construct.node.path}] ${message}`);
  });
}
