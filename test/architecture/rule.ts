import type { Import, ImportGraph, Module } from './module.ts';

export interface Finding {
  readonly line: number;
  readonly what: string;
}

/** Files by path, as they would stand in the repository. */
export type Sample = Readonly<Record<string, string>>;

/** Something that never holds in this repository. */
export interface Rule {
  readonly name: string;
  /** What to do where it is broken. */
  readonly advice: string;
  readonly covers: (path: string) => boolean;
  /** Fewer files than this, and the rule looks in the wrong place. */
  readonly modulesMin: number;
  readonly check: (module: Module, graph: ImportGraph) => readonly Finding[];
  /** Each breaks the rule. */
  readonly wrong: readonly Sample[];
  /** Each comes close and keeps it. */
  readonly right: readonly Sample[];
}

export interface Verdict {
  readonly looked: number;
  readonly findings: readonly string[];
}

export const judge = (rule: Rule, graph: ImportGraph): Verdict => {
  const modules = [...graph.values()].filter(({ path }) => rule.covers(path));
  return {
    looked: modules.length,
    findings: modules.flatMap((module) =>
      rule.check(module, graph).map(({ line, what }) => `${module.path}:${line} ${what}. ${rule.advice}`),
    ),
  };
};

export const isTest = (path: string): boolean => path.endsWith('.test.ts') || path.startsWith('test/');

/** In one of the folders, and written in TypeScript. Their tests do not count. */
export const within =
  (...folders: readonly string[]) =>
  (path: string): boolean =>
    path.endsWith('.ts') && !isTest(path) && folders.some((folder) => path.startsWith(`${folder}/`));

export const allCode = (path: string): boolean => path.endsWith('.ts');

export const nameOf = ({ target }: Import): string => {
  if (target.kind === 'file') return target.path;
  return target.kind === 'unreadable' ? 'what only running it tells' : target.name;
};

/** A rule about imports: whatever is not allowed is a finding. */
export const onlyImports =
  (allowed: (each: Import, module: Module) => boolean): Rule['check'] =>
  (module) =>
    module.imports
      .filter((each) => !allowed(each, module))
      .map((each) => ({ line: each.line, what: `imports ${nameOf(each)}` }));
