import type { Connecting } from '../../../src/vendor/kit/index.ts';
import { documentedServer, type ServerOf } from './accounts.ts';
import { device } from './device.ts';
import { enhance } from './enhance.ts';
import { instance } from './instance.ts';
import { revoke } from './revoke.ts';
import { selfClient } from './self-client.ts';
import { server } from './server.ts';

/** Every way to a refresh token that Zoho documents and that leads to one. */
export const connectingOver = (serverOf: ServerOf): Connecting => ({
  flows: [selfClient, server, device, instance, enhance, revoke].map((flow) => flow(serverOf)),
});

export const connecting = connectingOver(documentedServer);
