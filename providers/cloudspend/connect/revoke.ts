import { z } from 'zod';
import { type ConnectFlow, Failure, type Question } from '../../../src/vendor/kit/index.ts';
import { registeredAt, type ServerOf } from './accounts.ts';
import { accountsUrl, dataCentre, refreshToken } from './questions.ts';
import { post } from './requests.ts';
import { errorIn, refusalOf } from './token-answer.ts';

const revokedSchema = z.object({ status: z.literal('success') });

/** Nothing of it can be taken back. */
const confirmation: Question = {
  name: 'confirm',
  environment: 'ZOHO_CONFIRM',
  secret: false,
  description: 'the word revoke, to end the refresh token and all its access tokens for good',
  fallback: null,
  fault: (text) => (text === 'revoke' ? null : 'must be the word revoke'),
};

export const revoke = (serverOf: ServerOf): ConnectFlow => ({
  id: 'revoke',
  summary: 'Ends a refresh token and all its access tokens for good.',
  needs: [dataCentre, accountsUrl, refreshToken, confirmation],
  grants: false,
  run: async (operator) => {
    const accounts = registeredAt(operator, serverOf);
    const reply = await post(operator, accounts, 'revoke-token', {
      query: [['token', operator.secret(refreshToken).reveal()]],
    });
    const error = errorIn(reply);
    if (error !== null) throw refusalOf(error);
    if (revokedSchema.safeParse(reply.json).success) {
      return { kind: 'done', sentence: 'The refresh token and its access tokens are revoked.' };
    }
    throw new Failure('vendor-malformed', { public: 'The accounts server did not confirm that the token is revoked.' });
  },
});
