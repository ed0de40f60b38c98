/** The id of the one account of that name; names are no keys, and of two equal ones neither is meant for sure. */
export const idOfName = (named: readonly { readonly id: string; readonly name: string }[], name: string): string => {
  const [first, second] = named.filter((each) => each.name.trim() === name.trim());
  return first !== undefined && second === undefined ? first.id : name;
};
