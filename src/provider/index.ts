/** The kit: everything a provider may use of the middle, beside the domain. */
export { Failure } from '../failure/failure.ts';
export { Secret } from '../secret.ts';
export { beforeEffect, cannotBeHeld } from './before-effect.ts';
export type * from './contract.ts';
export { amountText, decode, decodeItems, idText } from './decode.ts';
export { exactNumber } from './exact-number.ts';
export { followLink, type Page, paginate } from './paginate.ts';
export { defineProvider, type Provider } from './provider.ts';
export type { VendorReply, VendorRequest } from './request.ts';
export { baseUrlSetting, optionalBaseUrlSetting, secretSetting, textSetting } from './settings.ts';
