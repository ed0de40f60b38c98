import { cannotBeHeld, decode, decodeItems, type Session } from '../../../src/vendor/kit/index.ts';
import { printable } from '../failures.ts';
import { type PolicyUse, usersRequest } from './requests.ts';
import { userSchema, usersSchema } from './wire.ts';

const sameAddress = (left: string, right: string): boolean => left.trim().toLowerCase() === right.trim().toLowerCase();

/**
 * The ids of the users who are notified: those with these addresses, or the user of the refresh token where there are
 * none, because every documented creation names somebody.
 */
export const contactsOf = async (
  session: Session,
  use: PolicyUse,
  recipients: readonly string[],
): Promise<readonly string[]> => {
  const { data } = decode(usersSchema, (await session.call(usersRequest(use))).json, `the users of a ${use}`);
  const users = decodeItems(userSchema, data.users, 'users').items;
  const [first] = users;
  if (recipients.length === 0) {
    const own = data.contact_id ?? first?.user_id;
    if (own === undefined) throw cannotBeHeld('CloudSpend lists no user who could be notified.');
    return [own];
  }
  const found = recipients.map((address) => ({
    address,
    user: users.find((user) => sameAddress(user.email_address, address)),
  }));
  const strangers = found.filter(({ user }) => user === undefined).map(({ address }) => printable(address));
  if (strangers.length > 0) {
    throw cannotBeHeld(
      `CloudSpend notifies its own users only, and lists none with the address ${strangers.join(', ')}.`,
    );
  }
  return [...new Set(found.flatMap(({ user }) => (user === undefined ? [] : [user.user_id])))];
};
