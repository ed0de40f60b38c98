/** One cell of a table. Amounts are told apart from texts, because only texts can be taken for formulas. */
export type CsvCell = { readonly text: string } | { readonly number: string } | null;

/** Spreadsheets run a text that begins like this. */
const formulaStart = /^[=+\-@\t\r\n]/;
const needsQuotes = /[",\r\n]|^\s|\s$/;

const quoted = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const cellText = (cell: CsvCell): string => {
  if (cell === null) return '';
  if ('number' in cell) return cell.number;
  return quoted(formulaStart.test(cell.text) ? `'${cell.text}` : cell.text);
};

/** A line of RFC 4180, its end included. A text that a spreadsheet would run as a formula is made a text by a leading apostrophe. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(cellText).join(',')}\r\n`;
