import { readRepositoryFile } from '../architecture/tree.ts';

export interface Fence {
  readonly language: string;
  readonly text: string;
}

/** A page of the documentation, taken apart. */
export interface Document {
  readonly path: string;
  readonly text: string;
  readonly fences: readonly Fence[];
  /** What stands in backticks outside fences. */
  readonly spans: readonly string[];
  /** Targets of links outside fences. */
  readonly links: readonly string[];
  /** The fragments that its headings can be linked by. */
  readonly anchors: readonly string[];
}

export const documentPaths = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'providers/README.md',
] as const;

const fencePattern = /^```(\w*)\n([\s\S]*?)^```$/gm;

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

export const parseDocument = (path: string, text: string): Document => {
  const prose = text.replaceAll(fencePattern, '');
  const all = (pattern: RegExp): string[] => [...prose.matchAll(pattern)].map(([, found = '']) => found);
  return {
    path,
    text,
    fences: [...text.matchAll(fencePattern)].map(([, language = '', body = '']) => ({ language, text: body })),
    spans: all(/`([^`\n]+)`/g),
    links: all(/\]\(([^)\s]+)\)/g),
    anchors: all(/^#{1,6} (.+)$/gm).map(anchorOf),
  };
};

export const readDocument = (path: string): Document => parseDocument(path, readRepositoryFile(path));

/** The cells of every row of every table, without the head. */
export const tableRows = ({ text }: Document): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line, index, lines) => line.startsWith('|') && lines[index - 1]?.startsWith('|'))
    .filter((line) => !/^[|\s-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
