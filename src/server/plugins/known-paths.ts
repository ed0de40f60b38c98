interface Template {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const fits = (template: readonly string[], path: readonly string[]): boolean => {
  if (template.at(-1) === '*') {
    const fixed = template.slice(0, -1);
    return path.length > fixed.length && fits(fixed, path.slice(0, fixed.length));
  }
  return (
    template.length === path.length &&
    template.every((segment, index) => (segment.startsWith(':') ? path[index] !== '' : segment === path[index]))
  );
};

/** The methods of each path, to tell a wrong method from an unknown path. */
export class KnownPaths {
  readonly #templates = new Map<string, Template>();

  add(url: string, methods: readonly string[]): void {
    const known = this.#templates.get(url) ?? { segments: url.split('/'), methods: new Set() };
    for (const method of methods) known.methods.add(method);
    this.#templates.set(url, known);
  }

  /** In alphabetical order; empty for an unknown path. */
  methodsOf(url: string): string[] {
    const path = (url.split(/[?#]/, 1)[0] ?? '').split('/').map(decoded);
    const methods = new Set<string>();
    for (const template of this.#templates.values()) {
      if (!fits(template.segments, path)) continue;
      for (const method of template.methods) methods.add(method);
    }
    if (methods.size > 0) methods.add('OPTIONS');
    return [...methods].sort();
  }
}
