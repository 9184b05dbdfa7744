import { TerraformStack, type IResolveContext } from 'cdktf';

/**
 * Marks a part of cdk.tf.json that holds no token as settled. cdktf looks for tokens in every text of a stack three
 * times, which takes longer than everything else where the texts are whole files; a settled value it takes as it is. It
 * stays an ordinary value for everybody else.
 */
export function settled<T extends object>(value: T): T {
  const resolve = (context: IResolveContext): undefined => {
    // Overrides of the stack are laid over the parts of a value, which cdktf refuses to do with one that resolves.
    const result = context.preparing || !hasOverrides(context) ? value : { ...value };
    context.registerPostProcessor({ postProcess: (): T => result });
  };
  return Object.defineProperty(value, 'resolve', { value: resolve });
}

function hasOverrides({ scope }: IResolveContext): boolean {
  const overrides: unknown = TerraformStack.isStack(scope) ? Reflect.get(scope, 'rawOverrides') : undefined;
  return typeof overrides !== 'object' || overrides === null || Object.keys(overrides).length > 0;
}
