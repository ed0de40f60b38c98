import { type Candidate, type ConfiguredConnection, secretsOf } from './connections.ts';
import type { ConfigFault } from './faults.ts';

export interface Opened {
  readonly candidate: Candidate;
  readonly connection: ConfiguredConnection;
}

/** Identifies the vendor quota that a connection spends from. Two connections share it if a key is equal. Never printed. */
const quotaKeys = ({ candidate, connection }: Opened): string[] => {
  const { credentials } = connection.connector;
  return credentials.kind !== 'static' ? [credentials.owner] : secretsOf(candidate).map((secret) => secret.trim());
};

/** Connections may share a credential, but the vendor then counts their requests together. */
export const sharingWarnings = (opened: readonly Opened[]): ConfigFault[] =>
  opened.flatMap((one, index) => {
    const own = quotaKeys(one);
    const other = opened
      .slice(0, index)
      .find(
        (earlier) =>
          earlier.candidate.provider === one.candidate.provider && quotaKeys(earlier).some((key) => own.includes(key)),
      );
    if (other === undefined) return [];
    const message = `uses the same credential as ${other.connection.id}: both spend from one budget of the vendor, and the same cost may be counted twice`;
    return [{ name: `connection ${one.connection.id}`, message }];
  });
