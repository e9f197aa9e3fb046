import type { Container } from 'inversify';

declare const brand: unique symbol;

/** A runtime name for a compile-time type. */
export type Token<T> = symbol & { readonly [brand]?: (type: T) => T };

/** Tokens are shared by name, so two copies of this package agree. */
export const token = <T>(name: string): Token<T> => Symbol.for(`sigill:${name}`) as Token<T>;

/** Binds `id` to one value made from other tokens; the compiler checks each of them. */
export function provide<T, D extends readonly unknown[]>(
  to: Pick<Container, 'bind'>,
  id: Token<T>,
  needs: readonly [...{ [K in keyof D]: Token<D[K]> }],
  make: (...needs: D) => T,
): void {
  to.bind<T>(id)
    .toResolvedValue(make as never, [...needs] as symbol[] as never)
    .inSingletonScope();
}
