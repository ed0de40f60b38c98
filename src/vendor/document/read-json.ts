import { readFileSync } from 'node:fs';

export const readJson = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
