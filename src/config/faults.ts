/** A fault of one setting, with how to correct it. Never contains a value. */
export interface ConfigFault {
  /** The variable, or the file's variable and the path in it: `CONNECTIONS_FILE connections[0].id`. */
  readonly name: string;
  readonly message: string;
}

/** The exit code for an invalid configuration, as in sysexits.h. */
export const EX_CONFIG = 78;

const faultLengthMax = 400;

const oneLine = (text: string): string => {
  const printable = text.replace(/\p{C}+/gu, ' ');
  return printable.length > faultLengthMax ? `${printable.slice(0, faultLengthMax - 1)}…` : printable;
};

/** One line per fault, for stderr. */
export const renderFaults = (faults: readonly ConfigFault[]): string =>
  faults.map((fault) => `${oneLine(`configuration: ${fault.name} ${fault.message}`)}\n`).join('');
