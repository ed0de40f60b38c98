/** What handlers may use. Given to them by context, never imported. */
export interface Services {
  readonly placeholder?: never;
}
