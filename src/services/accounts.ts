import type { AccountFigures } from './account-figures.ts';
import { accountList } from './account-list.ts';
import type { Lister } from './lister.ts';
import { createListService, type ListService } from './plain-list.ts';

/** Accounts with what they cost this month, where that is known. */
export const createAccountService = (figures: AccountFigures, lister: Lister): ListService =>
  createListService(accountList, figures.read, lister);
