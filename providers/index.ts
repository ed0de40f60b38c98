import type { Provider } from '../src/vendor/contract/provider.ts';
import { cloudspend } from './cloudspend/manifest.ts';
import { cloudzero } from './cloudzero/manifest.ts';
import { elastic } from './elastic/manifest.ts';

/** One line per provider. */
export const providers: readonly Provider[] = [cloudzero, elastic, cloudspend];
