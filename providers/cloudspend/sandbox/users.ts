import { z } from 'zod';

const people = [
  { id: '53565000000014003', name: 'Nadia North', address: 'nadia@example.com', own: true },
  { id: '53565000000014005', name: 'Wim Wind', address: 'wim@example.com', own: false },
] as const;

/** The users of the simulated customer. The first one made the refresh token. */
export const users = {
  from_email: 'noreply@example.com',
  contact_id: people[0].id,
  users: people.map(({ id, name, address, own }) => ({
    user_id: id,
    display_name: name,
    email_address: address,
    is_account_contact: own,
    is_invited: false,
    cloudspend_role: 12,
    cloudspend_role_name: 'Cost Administrator',
    user_role: 12,
    user_role_name: 'Cost Administrator',
    org_role: -1,
    selection_type: 0,
    notify_medium: [1],
  })),
  user_groups: [
    {
      is_master_group: true,
      display_name: 'Admin Group',
      user_group_id: '53565000000014007',
      attribute_group_id: '53565000000014015',
      users: [people[0].id],
      product_id: 0,
    },
  ],
};

/** Every documented creation names at least one user. */
export const contactsSchema = z.array(z.string().refine((id) => people.some((each) => each.id === id))).min(1);
