import { type Candidate, type ConfiguredConnection, secretsOf } from './connections.ts';
import type { ConfigFault } from './faults.ts';

export interface Opened {
  readonly candidate: Candidate;
  readonly connection: ConfiguredConnection;
}

/** What two connections would have in common if they spent from one budget. Compared here, never printed. */
const purses = ({ candidate, connection }: Opened): string[] => {
  const { credentials } = connection.connector;
  return credentials.kind === 'token' ? [credentials.owner] : secretsOf(candidate).map((secret) => secret.trim());
};

/** Connections with one credential are legal; whoever set them up should know that the vendor counts them as one. */
export const sharingWarnings = (opened: readonly Opened[]): ConfigFault[] =>
  opened.flatMap((one, index) => {
    const own = purses(one);
    const other = opened
      .slice(0, index)
      .find(
        (earlier) =>
          earlier.candidate.provider === one.candidate.provider && purses(earlier).some((purse) => own.includes(purse)),
      );
    if (other === undefined) return [];
    const message = `uses the same credential as ${other.connection.id}: both spend from one budget of the vendor, and the same cost may be counted twice`;
    return [{ name: `connection ${one.connection.id}`, message }];
  });
