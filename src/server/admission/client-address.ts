import { isIPv6 } from 'node:net';
import type { Consumer } from '../../domain/consumer.ts';

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const networkGroups = 4;

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** The client that an address stands for: an IPv4 address itself, the /64 network of an IPv6 address. */
export const clientOf = (address: string): string => {
  const ipv4 = mapped.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  const [plain = ''] = address.split('%', 1);
  if (!isIPv6(plain)) return address;
  const [head = '', tail] = plain.split('::');
  const first = groupsOf(head);
  const last = groupsOf(tail ?? '');
  const gap = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: gap }, () => '0'), ...last];
  return `${groups
    .slice(0, networkGroups)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};

/** The name of the consumer that everybody is without authentication. */
const anonymousName = 'anonymous';

/** By whom a request is counted: its consumer, or its client where consumers cannot be told apart. */
export const whoAsks = (consumer: Consumer | null, address: string): string =>
  consumer === null || consumer.name === anonymousName ? `address ${clientOf(address)}` : `consumer ${consumer.name}`;
