/** The file of the embedded store cannot be written, or read, at the moment: its disk is full, for example. */
export class StorageFailed extends Error {}
