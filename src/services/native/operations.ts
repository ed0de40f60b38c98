import type { NativeOperation } from '../../vendor/contract/contract.ts';
import { freshPart } from '../../vendor/part.ts';
import type { Ask, ListParameters } from '../list-request.ts';
import type { Lister } from '../lister.ts';
import type { PagedAnswer } from '../paging/pager.ts';

export interface OperationParameters extends ListParameters {
  readonly area?: readonly string[] | undefined;
  readonly effect?: readonly NativeOperation['effect'][] | undefined;
  /** Words, all of which are in the path, the title or the id. */
  readonly q?: string | undefined;
}

/** The catalogues of the vendors' own operations. */
export interface OperationService {
  list(parameters: OperationParameters, ask: Ask): Promise<PagedAnswer>;
}

const present = (operation: NativeOperation, provider: string, connections: readonly string[]) => ({
  id: operation.id,
  provider,
  connections,
  method: operation.method,
  path: operation.path,
  area: operation.area,
  title: operation.title,
  scope: operation.scope,
  effect: operation.effect,
  parameters: operation.parameters.map(({ name, required, json, ...rest }) => ({ name, in: rest.in, required, json })),
  body:
    operation.body === null ? null : { required: operation.body.required, types: Object.keys(operation.body.content) },
  answers: operation.answers,
  quota: operation.quota ?? null,
  note: operation.note ?? null,
});

const wanted = ({ area, effect, q }: OperationParameters) => {
  const words = (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (operation: NativeOperation): boolean => {
    const text = `${operation.path} ${operation.title} ${operation.id}`.toLowerCase();
    return (
      (area?.includes(operation.area) ?? true) &&
      (effect?.includes(operation.effect) ?? true) &&
      words.every((word) => text.includes(word))
    );
  };
};

export const createOperationService = (lister: Lister): OperationService => ({
  list: (parameters, ask) =>
    lister.list<readonly NativeOperation[]>({
      name: 'operations',
      parameters,
      ask,
      part: async ({ connector }) => freshPart(connector.operations?.() ?? []),
      items: (parts) =>
        [...Map.groupBy(parts, ({ connection }) => connection.provider)].flatMap(([provider, own]) =>
          (own[0]?.value ?? []).filter(wanted(parameters)).map((operation) =>
            present(
              operation,
              provider,
              own.map(({ connection }) => connection.id),
            ),
          ),
        ),
    }),
});
