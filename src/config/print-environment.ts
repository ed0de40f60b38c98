import { environmentExample } from './environment-example.ts';
import { generateFile } from './generated-file.ts';

process.exitCode = await generateFile(
  '.env.example',
  'src/config/print-environment.ts',
  environmentExample,
  process.argv.slice(2),
);
