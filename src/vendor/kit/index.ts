/** Everything of src that a provider may use, besides the domain. */
export { Failure } from '../../domain/failure/failure.ts';
export { Secret } from '../../domain/secret.ts';
export type * from '../contract/contract.ts';
export { defineProvider, type Provider } from '../contract/provider.ts';
export type { VendorReply, VendorRequest } from '../contract/request.ts';
export {
  baseUrlFault,
  baseUrlSetting,
  optionalBaseUrlSetting,
  secretSetting,
  textSetting,
  timeoutSetting,
} from '../contract/settings.ts';
export { readOperations } from '../document/operations.ts';
export { beforeEffect, cannotBeHeld } from './before-effect.ts';
export { amountText, decode, decodeInTurns, decodeItems, idText } from './decode.ts';
export { exactNumber } from './exact-number.ts';
export { followLink, type Page, paginate } from './paginate.ts';
