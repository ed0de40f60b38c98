import { type Dimension, isTag, type TagDimension, tagKey } from '../../src/domain/dimension.ts';
import type { Note, Reading } from '../../src/vendor/kit/index.ts';
import type { Column } from './wire.ts';

/** An organisation's dimensions, ready to be looked up. */
export interface DimensionIndex {
  readonly columns: readonly Column[];
  readonly byId: ReadonlyMap<string, Column>;
  readonly byTail: ReadonlyMap<string, Column>;
  readonly category: Column | null;
  readonly resource: Column | null;
  readonly cloud: Column | null;
  /** The names of accounts, where the organisation has a dimension of them. */
  readonly accountName: Column | null;
}

const tagPrefix = 'Tag:';
const coreDimensions = { account: 'Account', service: 'Service', region: 'Region' } as const;

/** `User:Defined:Product` → `Product`; a tag's key may hold colons of its own. */
const tailOf = (id: string): string =>
  id.startsWith(tagPrefix) ? id.slice(tagPrefix.length) : id.slice(id.lastIndexOf(':') + 1);
const lettersAndDigits = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Looks by id first, then by name, in the vendor's order; tags are skipped. */
const findColumn = (columns: readonly Column[], words: readonly string[]): Column | null => {
  const candidates = columns.filter((column) => !column.id.startsWith(tagPrefix));
  return (
    candidates.find((column) => words.includes(lettersAndDigits(column.id))) ??
    candidates.find((column) => words.includes(lettersAndDigits(tailOf(column.id)))) ??
    candidates.find((column) => words.includes(lettersAndDigits(column.name))) ??
    null
  );
};

const accountNameWords = ['accountname', 'accountalias', 'linkedaccountname', 'usageaccountname', 'cloudaccountname'];

export const indexDimensions = (columns: readonly Column[]): DimensionIndex => {
  const byTail = new Map<string, Column>();
  for (const column of columns) {
    if (!byTail.has(tailOf(column.id))) byTail.set(tailOf(column.id), column);
  }
  return {
    columns,
    byId: new Map(columns.map((column) => [column.id, column])),
    byTail,
    category: findColumn(columns, ['usagefamily']),
    resource: findColumn(columns, ['resourceid', 'resource']),
    cloud: findColumn(columns, ['cloudprovider']),
    accountName: findColumn(columns, accountNameWords),
  };
};

/** A tag takes precedence over a custom dimension of the same name; a full id is always unambiguous. */
const tagColumn = (tag: TagDimension, index: DimensionIndex): Column | null => {
  const key = tagKey(tag);
  return (
    index.byId.get(`${tagPrefix}${key}`) ??
    index.byId.get(key) ??
    index.byId.get(`User:Defined:${key}`) ??
    index.byId.get(`CZ:Defined:${key}`) ??
    index.byTail.get(key) ??
    null
  );
};

export const columnOf = (dimension: Dimension, index: DimensionIndex | null): Column | null => {
  if (dimension === 'account' || dimension === 'service' || dimension === 'region') {
    const id = coreDimensions[dimension];
    return index?.byId.get(id) ?? { id, name: id };
  }
  if (index === null) return null;
  if (dimension === 'category') return index.category;
  if (dimension === 'resource') return index.resource;
  if (dimension === 'cloud') return index.cloud;
  return tagColumn(dimension, index);
};

/** The columns to group by, and the column of each dimension of the question. */
export interface Grouping {
  readonly columns: readonly Column[];
  /** For each dimension of the question: its column, or null where there is none to ask for. */
  readonly positions: readonly (number | null)[];
  /** Where the id and the name of the account stand among the columns; null where no name is asked for. */
  readonly names: { readonly account: number; readonly column: number } | null;
  /** Where the cloud stands among the dimensions of the question; -1 where it is not asked for. */
  readonly cloud: number;
  readonly notes: readonly Note[];
}

export const needsIndex = (dimensions: readonly Dimension[]): boolean =>
  dimensions.some((dimension) => !Object.hasOwn(coreDimensions, dimension));

/** Where `index` is null, the key may not read the dimension list: only those that every organisation has are known. */
export const groupingOf = (dimensions: readonly Dimension[], index: DimensionIndex | null): Grouping => {
  const columns: Column[] = [];
  const notes: Note[] = [];
  const positions = dimensions.map((dimension) => {
    const column = columnOf(dimension, index);
    if (column === null) {
      const reason =
        index === null
          ? 'the API key lacks the scope billing:read_dimensions, so it is not known which CloudZero dimension that is'
          : 'the organisation has no such CloudZero dimension';
      notes.push({ code: 'dimension-unknown', message: `${printable(dimension)} is answered as null: ${reason}.` });
      return null;
    }
    const known = columns.findIndex((each) => each.id === column.id);
    if (known !== -1) return known;
    columns.push(column);
    return columns.length - 1;
  });
  const names = addNames(columns, index);
  return { columns, positions, names, cloud: dimensions.indexOf('cloud'), notes };
};

/** Names cost no query of their own: they are grouped by beside the accounts, and make no row more. */
const addNames = (columns: Column[], index: DimensionIndex | null): Grouping['names'] => {
  const name = index?.accountName ?? null;
  const account = columns.findIndex((column) => column.id === coreDimensions.account);
  if (name === null || account === -1 || columns.some((column) => column.id === name.id)) return null;
  columns.push({ ...name, mayBeAbsent: true });
  return { account, column: columns.length - 1 };
};

const printable = (text: string): string => [...text.replace(/\p{C}/gu, ' ')].slice(0, 100).join('');

/**
 * Our dimension for a vendor column, or null where no name of ours resolves to that column. The cloud is a tag here:
 * monitors hold its values as the vendor spells them.
 */
const dimensionOf = (column: Column, index: DimensionIndex | null): Dimension | null => {
  if (column.id === coreDimensions.account) return 'account';
  if (column.id === coreDimensions.service) return 'service';
  if (column.id === coreDimensions.region) return 'region';
  if (index === null) return null;
  if (column === index.category) return 'category';
  if (column === index.resource) return 'resource';
  for (const text of [`tag:${tailOf(column.id)}`, `tag:${column.id}`]) {
    if (isTag(text) && tagColumn(text, index) === column) return text;
  }
  return null;
};

/** Our dimension for the vendor's id; an id that is not listed becomes a tag of that id. */
export const dimensionOfId = (id: string, index: DimensionIndex | null): Dimension | null => {
  const column = index?.byId.get(id) ?? { id, name: id };
  const known = dimensionOf(column, index);
  if (known !== null) return known;
  const text = `tag:${id}`;
  return isTag(text) ? text : null;
};

/** Our dimension for each column: by its short name where that is unambiguous, else by its full id. */
export const listDimensions = (index: DimensionIndex): Pick<Reading<Dimension>, 'items' | 'faults'> => {
  const items = new Set<Dimension>();
  const faults: { path: string; message: string }[] = [];
  index.columns.forEach((column, position) => {
    const dimension = column === index.cloud ? 'cloud' : dimensionOf(column, index);
    if (dimension === null) faults.push({ path: `dimensions[${position}].id`, message: 'cannot be used as a tag key' });
    else items.add(dimension);
  });
  return { items: [...items], faults };
};
