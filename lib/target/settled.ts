import { TerraformStack, type IResolvable, type IResolveContext } from 'cdktf';

/**
 * Marks a part of cdk.tf.json that holds no token as settled. cdktf looks for tokens in every text of a stack three
 * times, which takes longer than everything else where the texts are whole files; a settled value it takes as it is. It
 * stays an ordinary value for everybody else.
 */
export function settled<T extends object>(value: T): T {
  const resolve = (context: IResolveContext): undefined => {
    // Overrides of the stack are laid over parts of a value, which cdktf refuses to do with one that resolves: a clone does
    // not, nor do settled values inside of it.
    const result = context.preparing || !hasOverrides(context) ? value : structuredClone(value);
    context.registerPostProcessor({ postProcess: (): T => result });
  };
  return Object.defineProperty(value, 'resolve', { value: resolve });
}

function hasOverrides({ scope }: IResolveContext): boolean {
  const overrides: unknown = TerraformStack.isStack(scope) ? Reflect.get(scope, 'rawOverrides') : undefined;
  return typeof overrides !== 'object' || overrides === null || Object.keys(overrides).length > 0;
}

/** Marks a text as settled, see `settled`. It resolves first to itself and then to the text: cdktf resolves twice. */
export function settledText(text: string): IResolvable {
  let merged = false;
  const token: IResolvable & { toJSON(): string } = {
    creationStack: [],
    toString: () => text,
    toJSON: () => text,
    resolve: (context) => {
      const result = merged ? text : token;
      merged ||= !context.preparing;
      context.registerPostProcessor({ postProcess: () => result });
    },
  };
  return token;
}
