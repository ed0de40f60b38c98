/** One cell of a table. Numbers are separate, because only texts are protected from being run as formulas. */
export type CsvCell = { readonly text: string } | { readonly number: string } | null;

/** Spreadsheets read a text that begins like this as a formula. */
const formulaStart = /^[=+\-@\t\r\n]/;
const needsQuotes = /[",\r\n]|^\s|\s$/;

const quoted = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const cellText = (cell: CsvCell): string => {
  if (cell === null) return '';
  if ('number' in cell) return cell.number;
  return quoted(formulaStart.test(cell.text) ? `'${cell.text}` : cell.text);
};

/** A line of RFC 4180, with its line break. Texts that look like formulas get a leading apostrophe. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(cellText).join(',')}\r\n`;
