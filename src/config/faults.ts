/** What is wrong with one setting, said so that it can be put right. Never carries a value. */
export interface ConfigFault {
  /** The variable, or the file's variable and the path in it: `CONNECTIONS_FILE connections[0].id`. */
  readonly name: string;
  readonly message: string;
}

/** The exit code of a process that cannot run as configured, as in sysexits.h. */
export const EX_CONFIG = 78;

const faultLengthMax = 400;

const oneLine = (text: string): string => {
  const printable = text.replace(/\p{C}+/gu, ' ');
  return printable.length > faultLengthMax ? `${printable.slice(0, faultLengthMax - 1)}…` : printable;
};

/** The faults for stderr, one line each. */
export const renderFaults = (faults: readonly ConfigFault[]): string =>
  faults.map((fault) => `${oneLine(`configuration: ${fault.name} ${fault.message}`)}\n`).join('');
