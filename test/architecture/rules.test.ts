import { describe, expect, test } from 'vitest';
import { graphOf } from './module.ts';
import { judge, type Rule } from './rule.ts';
import { circleRules } from './rules/circles.ts';
import { directionRules } from './rules/direction.ts';
import { languageRules } from './rules/language.ts';
import { representationRules } from './rules/representation.ts';
import { shapeRules } from './rules/shape.ts';
import { surroundingsRules } from './rules/surroundings.ts';
import { wordRules } from './rules/words.ts';
import { writeRules } from './rules/writes.ts';
import { readTree } from './tree.ts';

const rules: readonly Rule[] = [
  ...circleRules,
  ...directionRules,
  ...representationRules,
  ...surroundingsRules,
  ...wordRules,
  ...languageRules,
  ...shapeRules,
  ...writeRules,
];
const tree = readTree();

describe.each(rules)('$name', (rule) => {
  test('a violation that was planted is found', () => {
    expect(rule.wrong.length).toBeGreaterThan(0);
    const missed = rule.wrong.filter((sample) => judge(rule, graphOf(sample)).findings.length === 0);
    expect(missed).toEqual([]);
  });

  test('what is clean passes', () => {
    expect(rule.right.length).toBeGreaterThan(0);
    expect(rule.right.flatMap((sample) => judge(rule, graphOf(sample)).findings)).toEqual([]);
  });

  test('the repository keeps it', () => {
    const { looked, findings } = judge(rule, tree);
    expect(looked).toBeGreaterThanOrEqual(rule.modulesMin);
    expect(findings).toEqual([]);
  });
});

test('every rule has a name of its own', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});
